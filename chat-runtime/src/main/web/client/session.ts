import { Backoff } from './backoff.ts';
import { Emitter } from './emitter.ts';
import type { Environment } from './environment.ts';
import { asChatError, ChatError } from './errors.ts';
import type { CommandName, Commands, PushFrame } from './protocol.ts';
import { CLOSE_FINAL_MIN, CLOSE_TOKEN_EXPIRED, CLOSE_UNAUTHENTICATED } from './protocol.ts';
import { type TokenSource, validityOf } from './token.ts';
import { Wire } from './wire.ts';

export type ConnectionState =
  | { name: 'connecting' }
  | { name: 'live' }
  | { name: 'waiting'; until: number; reason: string }
  | { name: 'offline' }
  | { name: 'stopped'; code: number; reason: string };

export type Connected = Commands['connect']['reply'];

export interface SessionOptions {
  url: string;
  token: TokenSource;
  device?: string;
  /** Where to resume: the last sequence had, by room. */
  positions(): Record<string, number>;
  environment: Environment;
}

export interface SessionEvents {
  state: ConnectionState;
  connected: Connected;
  push: PushFrame;
}

/** What a person does; all else the client sends by itself, too. */
const USE: ReadonlySet<CommandName> = new Set<CommandName>(['send', 'edit', 'delete', 'react', 'read', 'typing']);
const STOPPED_BY_USER = 1000;
const CONNECT_PATIENCE_MS = 15_000;
const PROBE_MS = 5_000;
/** Devices say wrongly now and then that they have no network. */
const OFFLINE_RETRY_MS = 90_000;
const REFRESH_AHEAD_MS = 60_000;
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Keeps one user connected: connects, comes back after every loss that is not final, and keeps the token fresh. */
export class Session extends Emitter<SessionEvents> {
  readonly #options: SessionOptions;
  readonly #environment: Environment;
  readonly #backoff: Backoff;
  #wire: Wire | null = null;
  #state: ConnectionState = { name: 'stopped', code: STOPPED_BY_USER, reason: 'not started' };
  #retryTimer: unknown;
  #refreshTimer: unknown;
  #comeBackAt: number | null = null;
  #freshToken = false;
  #lastToken = '';
  #online = true;
  #usedAt = 0;
  /** Grows with each attempt: what an older attempt still has under way is void. */
  #attempt = 0;

  constructor(options: SessionOptions) {
    super();
    this.#options = options;
    this.#environment = options.environment;
    this.#backoff = new Backoff(500, 30_000, options.environment.random);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    if (this.#state.name !== 'stopped') return;
    this.#usedAt = this.#environment.now();
    this.#freshToken = false;
    this.#backoff.reset();
    void this.#open();
  }

  stop(): void {
    this.#end(STOPPED_BY_USER, 'stopped');
  }

  request<Name extends CommandName>(command: Name, body: Commands[Name]['body']): Promise<Commands[Name]['reply']> {
    if (USE.has(command)) this.#usedAt = this.#environment.now();
    if (this.#state.name !== 'live' || !this.#wire) return Promise.reject(ChatError.disconnected());
    return this.#wire.request(command, body);
  }

  /** The device's network went or came back: few attempts without, and one at once with it. */
  network(online: boolean): void {
    this.#online = online;
    if (this.#state.name === 'stopped') return;
    if (!online) {
      this.#abandon();
      this.#awaitNetwork();
    } else if (this.#state.name === 'offline' || this.#state.name === 'waiting') {
      this.retryNow();
    }
  }

  /** The device woke up: a connection that died meanwhile is found at once. */
  wake(): void {
    if (this.#state.name === 'live') this.#wire?.probe(PROBE_MS);
    else if (this.#state.name === 'waiting') this.retryNow();
  }

  retryNow(): void {
    if (this.#state.name !== 'waiting' && this.#state.name !== 'offline') return;
    this.#backoff.reset();
    void this.#open();
  }

  async #open(): Promise<void> {
    this.#abandon();
    const attempt = this.#attempt;
    this.#comeBackAt = null;
    this.#set({ name: 'connecting' });
    let token: string;
    try {
      token = await this.#options.token(this.#freshToken);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      const problem = asChatError(error);
      if (problem.code === 'unauthenticated') this.#end(CLOSE_UNAUTHENTICATED, problem.message);
      else this.#wait(problem.message);
      return;
    }
    if (attempt !== this.#attempt) return;
    const refused = this.#freshToken && token === this.#lastToken;
    this.#lastToken = token;
    if (refused) this.#end(CLOSE_UNAUTHENTICATED, 'the token was refused');
    else this.#connect(token, attempt);
  }

  #connect(token: string, attempt: number): void {
    const patience = this.#environment.setTimer(() => wire.close(1006, 'no answer'), CONNECT_PATIENCE_MS);
    const wire = new Wire(this.#options.url, this.#environment, {
      opened: () => {
        const idleMs = Math.max(0, this.#environment.now() - this.#usedAt) || undefined;
        const body = { token, device: this.#options.device, resume: this.#options.positions(), idleMs };
        wire.request('connect', body, reply => {
          this.#environment.clearTimer(patience);
          if (attempt === this.#attempt) this.#connected(wire, token, reply);
        }).catch(() => undefined); // The service closes after a refusal: the close code says what to do.
      },
      pushed: frame => {
        if (attempt === this.#attempt) this.#pushed(frame);
      },
      closed: (code, reason) => {
        this.#environment.clearTimer(patience);
        if (attempt === this.#attempt) this.#closed(code, reason);
      },
    });
    this.#wire = wire;
  }

  #connected(wire: Wire, token: string, reply: Connected): void {
    this.#backoff.reset();
    this.#freshToken = false;
    this.#online = true;
    wire.watch(reply.pingSeconds * 1000);
    this.#scheduleRefresh(token);
    this.emit('connected', reply);
    this.#set({ name: 'live' });
  }

  #pushed(frame: PushFrame): void {
    if (frame.reconnect) {
      const { afterMs, reason } = frame.reconnect;
      this.#comeBackAt = this.#environment.now() + afterMs;
      const wire = this.#wire;
      this.#environment.setTimer(() => wire?.close(4000, reason), afterMs);
    } else {
      this.emit('push', frame);
    }
  }

  #closed(code: number, reason: string): void {
    this.#abandon();
    const tokenProblem = code === CLOSE_TOKEN_EXPIRED || code === CLOSE_UNAUTHENTICATED;
    if (code >= CLOSE_FINAL_MIN && code < 5000 && !(tokenProblem && !this.#freshToken)) {
      this.#end(code, reason);
      return;
    }
    if (tokenProblem) {
      this.#freshToken = true;
      void this.#open();
    } else {
      this.#wait(reason);
    }
  }

  #awaitNetwork(): void {
    this.#retryAfter(OFFLINE_RETRY_MS);
    this.#set({ name: 'offline' });
  }

  #wait(reason: string): void {
    if (!this.#online) {
      this.#awaitNetwork();
      return;
    }
    const now = this.#environment.now();
    const waitMs = this.#comeBackAt === null ? this.#backoff.next() : Math.max(0, this.#comeBackAt - now);
    this.#retryAfter(waitMs);
    this.#set({ name: 'waiting', until: now + waitMs, reason });
  }

  /** Set before the state is told, since whoever hears of it may retry at once. */
  #retryAfter(ms: number): void {
    this.#retryTimer = this.#environment.setTimer(() => void this.#open(), ms);
  }

  #scheduleRefresh(token: string): void {
    const left = validityOf(token, this.#environment.now());
    this.#environment.clearTimer(this.#refreshTimer);
    if (left === undefined) return;
    const inMs = Math.min(TIMER_MAX_MS, Math.max(left - REFRESH_AHEAD_MS, left / 2, 1_000));
    this.#refreshTimer = this.#environment.setTimer(() => void this.#refresh(), inMs);
  }

  /** A failure here is not the end: the service closes when the token has expired, and the next attempt asks for a fresh one. */
  async #refresh(): Promise<void> {
    const attempt = this.#attempt;
    try {
      const token = await this.#options.token(true);
      if (attempt !== this.#attempt || token === this.#lastToken) return;
      await this.request('refresh', { token });
      this.#lastToken = token;
      this.#scheduleRefresh(token);
    } catch {
      return;
    }
  }

  #end(code: number, reason: string): void {
    this.#abandon();
    this.#set({ name: 'stopped', code, reason });
  }

  /** What is under way or would come is void from now on. */
  #abandon(): void {
    this.#attempt++;
    this.#environment.clearTimer(this.#retryTimer);
    this.#environment.clearTimer(this.#refreshTimer);
    const wire = this.#wire;
    this.#wire = null;
    wire?.close(1000, 'given up');
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.emit('state', state);
  }
}
