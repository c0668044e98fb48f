import type { Environment, SocketLike } from './environment.ts';
import { OPEN } from './environment.ts';
import { ChatError } from './errors.ts';
import type { CommandName, Commands, ErrorBody, PushFrame } from './protocol.ts';
import { SUBPROTOCOL } from './protocol.ts';

interface Pending {
  command: CommandName;
  resolve(reply: never): void;
  reject(error: ChatError): void;
}

export interface WireListener {
  opened(): void;
  pushed(frame: PushFrame): void;
  closed(code: number, reason: string): void;
}

type ReplyFrame = { id: number; error?: ErrorBody } & { [Name in CommandName]?: Commands[Name]['reply'] };

/** One WebSocket from opening to closing: sends commands, matches replies to them, and finds out when the line is dead. */
export class Wire {
  readonly #socket: SocketLike;
  readonly #environment: Environment;
  readonly #listener: WireListener;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #heardAt = 0;
  #timer: unknown;
  #closed = false;

  constructor(url: string, environment: Environment, listener: WireListener) {
    this.#environment = environment;
    this.#listener = listener;
    this.#socket = environment.webSocket(url, SUBPROTOCOL);
    this.#socket.onopen = () => listener.opened();
    this.#socket.onmessage = message => this.#received(message.data);
    this.#socket.onclose = event => this.#finish(event.code, event.reason);
  }

  /**
   * Resolves with the reply's body. `onReply` runs before anything that follows in the same text frame is handled.
   *
   * @throws ChatError the service's error, or `disconnected` when the connection ends first
   */
  request<Name extends CommandName>(
    command: Name,
    body: Commands[Name]['body'],
    onReply?: (reply: Commands[Name]['reply']) => void,
  ): Promise<Commands[Name]['reply']> {
    if (this.#closed || this.#socket.readyState !== OPEN) return Promise.reject(ChatError.disconnected());
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#pending.set(id, {
        command,
        resolve: (reply: Commands[Name]['reply']) => {
          onReply?.(reply);
          resolve(reply);
        },
        reject,
      });
      this.#socket.send(JSON.stringify({ id, [command]: body }));
    });
  }

  /** From now on silence of two intervals ends the connection: pings of the WebSocket itself are not visible to pages. */
  watch(intervalMs: number): void {
    this.#timer = this.#environment.setTimer(() => {
      if (this.#environment.now() - this.#heardAt > 2 * intervalMs) {
        this.close(4005, 'no answer to pings');
        return;
      }
      this.request('ping', {}).catch(() => undefined);
      this.watch(intervalMs);
    }, intervalMs);
  }

  /** Asks at once, for when a device wakes up: no answer in time ends the connection. */
  probe(withinMs: number): void {
    const askedAt = this.#environment.now();
    this.request('ping', {}).catch(() => undefined);
    this.#environment.setTimer(() => {
      if (!this.#closed && this.#heardAt < askedAt) this.close(4005, 'no answer to pings');
    }, withinMs);
  }

  /** Does not wait for the other side, which may not be there any more. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    try {
      this.#socket.close(1000);
    } finally {
      this.#finish(code, reason);
    }
  }

  #received(data: unknown): void {
    if (this.#closed || typeof data !== 'string') return;
    this.#heardAt = this.#environment.now();
    for (const line of data.split('\n')) {
      if (line) this.#frame(JSON.parse(line) as ReplyFrame | PushFrame);
    }
  }

  #frame(frame: ReplyFrame | PushFrame): void {
    if (!('id' in frame)) {
      this.#listener.pushed(frame);
      return;
    }
    const pending = this.#pending.get(frame.id);
    if (!pending) return;
    this.#pending.delete(frame.id);
    if (frame.error) pending.reject(ChatError.of(frame.error));
    else pending.resolve(frame[pending.command] as never);
  }

  #finish(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#environment.clearTimer(this.#timer);
    const lost = ChatError.disconnected('The connection was lost before the answer came');
    for (const { reject } of this.#pending.values()) reject(lost);
    this.#pending.clear();
    this.#listener.closed(code, reason);
  }
}
