import { Backoff } from './backoff.ts';
import type { Environment } from './environment.ts';
import { asChatError, type ChatError } from './errors.ts';
import { last } from './last.ts';
import type { Attachment, ChatEvent, Commands, MessageEvent } from './protocol.ts';
import type { Keeping } from './storage.ts';

/** A message on its way: kept until it is seen in the room. */
export interface Unsent {
  readonly room: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo?: number;
  readonly createdAt: number;
  /** `failed` waits for a person; the others go on by themselves. */
  readonly state: 'queued' | 'sending' | 'failed';
  readonly problem?: { code: string; message: string };
  /** At `triedAt` it was not stored up to this sequence: what an attempt of any window has made of it comes after. */
  readonly triedAfter: number;
  readonly triedAt: number;
}

/** As the device has it. Earlier releases said nothing of what they had not tried, though another window may have tried it since. */
type Kept = Omit<Unsent, 'triedAfter' | 'triedAt'> & Partial<Pick<Unsent, 'triedAfter' | 'triedAt'>>;

/** Which event a message has become. */
export type Stored = Pick<MessageEvent, 'seq' | 'time'>;

export function eventOf(message: Unsent, { seq, time }: Stored, from: string): MessageEvent {
  const { clientMessageId, text, attachments, replyTo } = message;
  return { type: 'message', seq, time, from, clientMessageId, text, attachments: [...attachments], replyTo };
}

export interface OutboxPort {
  send(body: Commands['send']['body']): Promise<Commands['send']['reply']>;
  history(body: Commands['history']['body']): Promise<Commands['history']['reply']>;
  connected(): boolean;
  position(room: string): number;
  changed(room: string): void;
  acknowledged(message: Unsent, stored: Stored): void;
}

/** The service remembers a sent message's id for at least ten minutes; later, whether it arrived is looked up. */
const REMEMBERED_MS = 9 * 60_000;
/** Windows share what the device keeps: one that is open has sent its own by then. */
const LEFT_AFTER_MS = 30_000;

/** Sends messages in order, one after the other in each room, again and again until each is stored or refused. */
export class Outbox {
  #unsent: Unsent[] = [];
  readonly #busy = new Set<string>();
  /** What is done here, and is not to come back from a device that is slow to forget. */
  readonly #done = new Set<string>();
  readonly #environment: Environment;
  readonly #storage: Keeping;
  readonly #port: OutboxPort;
  readonly #backoff: Backoff;
  #prefix = '';
  #timer: unknown;

  constructor(environment: Environment, storage: Keeping, port: OutboxPort) {
    this.#environment = environment;
    this.#storage = storage;
    this.#port = port;
    this.#backoff = new Backoff(1_000, 30_000, environment.random);
  }

  /** Takes up what an earlier run has left. */
  async restore(prefix: string): Promise<void> {
    this.#prefix = prefix;
    for (const message of this.#unsent) void this.#save(message);
    await this.#take();
  }

  /** Sends with each connection what waits, and after a while what windows have left that were closed before theirs. */
  connection(isLive: boolean): void {
    this.#environment.clearTimer(this.#timer);
    if (!isLive) return;
    this.#flush();
    if (this.#prefix) this.#timer = this.#environment.setTimer(() => void this.#take(message => this.#isLeft(message)), LEFT_AFTER_MS);
  }

  of(room: string): readonly Unsent[] {
    return this.#unsent.filter(message => message.room === room);
  }

  get size(): number {
    return this.#unsent.length;
  }

  /** How many go by themselves as soon as they can. */
  get waiting(): number {
    return this.#unsent.filter(message => message.state !== 'failed').length;
  }

  /** Those that something is unsent in. */
  get rooms(): ReadonlySet<string> {
    return new Set(this.#unsent.map(message => message.room));
  }

  add(message: { room: string; text: string; attachments?: readonly Attachment[]; replyTo?: number }): Unsent {
    const now = this.#environment.now();
    const unsent: Unsent = {
      ...message,
      attachments: message.attachments ?? [],
      clientMessageId: this.#environment.id(),
      // It is their order after a reload.
      createdAt: Math.max(now, (last(this.#unsent)?.createdAt ?? 0) + 1),
      state: 'queued',
      triedAfter: this.#port.position(message.room),
      triedAt: now,
    };
    this.#unsent.push(unsent);
    void this.#save(unsent);
    this.#port.changed(message.room);
    void this.#drain(message.room);
    return unsent;
  }

  retry(clientMessageId: string): void {
    const message = this.#find(clientMessageId);
    if (message?.state !== 'failed') return;
    void this.#replace({ ...message, state: 'queued', problem: undefined });
    void this.#drain(message.room);
  }

  /** Gives up a message; the service may have it, if an attempt was not answered. */
  discard(clientMessageId: string): void {
    this.#remove(clientMessageId);
  }

  /** Takes a file out of a message that has failed, which waits on; nothing is left of one that was nothing else. */
  without(clientMessageId: string, attachment: string): void {
    const message = this.#find(clientMessageId);
    if (message?.state !== 'failed') return;
    const attachments = message.attachments.filter(({ id }) => id !== attachment);
    if (message.text || attachments.length > 0) void this.#replace({ ...message, attachments });
    else this.#remove(clientMessageId);
  }

  /** Gives up what is unsent in a room. @returns what that was */
  drop(room: string): readonly Unsent[] {
    const dropped = this.of(room);
    this.#unsent = this.#unsent.filter(message => message.room !== room);
    dropped.forEach(message => this.#unkeep(message));
    return dropped;
  }

  /** The room's events confirm what is theirs, answered or not. */
  seen(user: string, events: readonly ChatEvent[]): void {
    for (const event of events) if (event.type === 'message' && event.from === user) this.#remove(event.clientMessageId);
  }

  async #take(wanted: (message: Kept) => boolean = () => true): Promise<void> {
    const kept = (await this.#storage.all(this.#prefix)) as Kept[];
    const taken = kept
      .filter(message => !this.#find(message.clientMessageId) && !this.#done.has(message.clientMessageId) && wanted(message))
      .map(message => this.#asLeft(message));
    this.#unsent = [...taken, ...this.#unsent].sort((a, b) => a.createdAt - b.createdAt);
    for (const room of new Set(taken.map(message => message.room))) this.#port.changed(room);
    this.#flush();
  }

  /** What waits for a person waits in the window that says so. */
  #isLeft({ state, createdAt }: Kept): boolean {
    return state !== 'failed' && this.#environment.now() - createdAt >= LEFT_AFTER_MS;
  }

  #asLeft(message: Kept): Unsent {
    const state = message.state === 'sending' ? 'queued' : message.state;
    return { triedAfter: this.#port.position(message.room), triedAt: message.createdAt, ...message, state };
  }

  #flush(): void {
    for (const room of this.rooms) void this.#drain(room);
  }

  async #drain(room: string): Promise<void> {
    if (this.#busy.has(room)) return;
    this.#busy.add(room);
    try {
      for (;;) {
        const message = this.#unsent.find(unsent => unsent.room === room && unsent.state === 'queued');
        if (!message || !this.#port.connected() || !await this.#attempt(message)) return;
      }
    } finally {
      this.#busy.delete(room);
    }
  }

  /** @returns whether the next message may go */
  async #attempt({ room, clientMessageId }: Unsent): Promise<boolean> {
    try {
      await this.#lookUp(room);
      const message = this.#find(clientMessageId);
      if (!message) return true;
      const sending: Unsent = { ...message, state: 'sending' };
      if (!await this.#replace(sending)) return true;
      const ack = await this.#port.send({
        room,
        clientMessageId,
        ...(message.text ? { text: message.text } : {}),
        ...(message.attachments.length ? { attachments: message.attachments.map(({ id }) => id) } : {}),
        ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
      });
      this.#backoff.reset();
      this.#port.acknowledged(sending, ack);
      this.#remove(clientMessageId);
      return true;
    } catch (error) {
      return this.#failed(clientMessageId, asChatError(error));
    }
  }

  #failed(clientMessageId: string, error: ChatError): boolean {
    const message = this.#find(clientMessageId);
    if (!message) return true;
    if (!error.retryable) {
      void this.#replace({ ...message, state: 'failed', problem: { code: error.code, message: error.message } });
      return true;
    }
    void this.#replace({ ...message, state: 'queued' });
    if (error.code !== 'disconnected') {
      this.#environment.setTimer(() => void this.#drain(message.room), error.retryAfterMs ?? this.#backoff.next());
    }
    return false;
  }

  /** Finds those that may have been stored longer ago than the service remembers; of the others it is known then that they were not. */
  async #lookUp(room: string): Promise<void> {
    const askedAt = this.#environment.now();
    const old = this.of(room).filter(({ state, triedAt }) => state !== 'failed' && askedAt - triedAt >= REMEMBERED_MS);
    let after = Math.min(...old.map(({ triedAfter }) => triedAfter));
    for (let more = old.length > 0; more;) {
      const page = await this.#port.history({ room, after, limit: 200 });
      for (const event of page.events) if (event.type === 'message') this.#found(event);
      after = last(page.events)?.seq ?? after;
      // Where this is interrupted the next attempt goes on from here.
      for (const message of old) void this.#replace({ ...message, triedAfter: after });
      more = page.more && page.events.length > 0 && old.some(({ clientMessageId }) => this.#find(clientMessageId));
    }
    for (const message of old) void this.#replace({ ...message, triedAfter: after, triedAt: askedAt });
  }

  #found(event: MessageEvent): void {
    const message = this.#find(event.clientMessageId);
    if (!message) return;
    this.#port.acknowledged(message, event);
    this.#remove(message.clientMessageId);
  }

  #find(clientMessageId: string): Unsent | undefined {
    return this.#unsent.find(message => message.clientMessageId === clientMessageId);
  }

  /** @returns whether the message is still to be sent */
  async #replace(message: Unsent): Promise<boolean> {
    const index = this.#unsent.findIndex(unsent => unsent.clientMessageId === message.clientMessageId);
    if (index < 0) return false;
    this.#unsent[index] = message;
    // First, since whoever is told of the change may give the message up.
    const saved = this.#save(message);
    this.#port.changed(message.room);
    await saved;
    return this.#unsent.includes(message);
  }

  #remove(clientMessageId: string): void {
    const message = this.#find(clientMessageId);
    if (!message) return;
    this.#unsent = this.#unsent.filter(unsent => unsent !== message);
    this.#unkeep(message);
    this.#port.changed(message.room);
  }

  #unkeep({ clientMessageId }: Unsent): void {
    if (!this.#prefix) return;
    this.#done.add(clientMessageId);
    void this.#storage.remove(this.#prefix + clientMessageId).then(() => this.#done.delete(clientMessageId));
  }

  async #save(message: Unsent): Promise<void> {
    if (this.#prefix) await this.#storage.set(this.#prefix + message.clientMessageId, message);
  }
}
