import type { Environment, SocketLike } from '../../../main/web/client/environment.ts';
import { ChatClient } from '../../../main/web/client/client.ts';
import type { ChatOptions } from '../../../main/web/client/options.ts';
import type { ChatEvent, MessageEvent, RoomEntry } from '../../../main/web/client/protocol.ts';

type Timer = { at: number; action: () => void };
type Frame = { id: number } & Record<string, Record<string, unknown>>;

/** A socket whose other end is the test. */
export class ScriptedSocket implements SocketLike {
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly received: Frame[] = [];
  closedByClient = false;
  readonly url: string;
  readonly protocol: string;

  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.(undefined as never);
  }

  push(...frames: unknown[]): void {
    this.onmessage?.({ data: frames.map(frame => JSON.stringify(frame)).join('\n') });
  }

  drop(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  send(data: string): void {
    this.received.push(JSON.parse(data) as Frame);
  }

  close(): void {
    this.closedByClient = true;
    this.readyState = 3;
  }

  last(command: string): Frame {
    const frame = this.received.findLast(received => command in received);
    if (!frame) throw new Error(`no ${command} in ${JSON.stringify(this.received)}`);
    return frame;
  }

  all(command: string): Frame[] {
    return this.received.filter(received => command in received);
  }

  answer(command: string, body: unknown, ...pushes: unknown[]): void {
    this.push({ id: this.last(command).id, [command]: body }, ...pushes);
  }

  refuse(command: string, code: string, retryable: boolean, retryAfterMs?: number): void {
    this.push({ id: this.last(command).id, error: { code, message: code, retryable, retryAfterMs } });
  }
}

/** A clock that the test moves, and sockets that the test plays. */
export class ScriptedWorld implements Environment {
  time = 1_700_000_000_000;
  readonly sockets: ScriptedSocket[] = [];
  #timers: Timer[] = [];
  #ids = 0;
  fetch: typeof fetch = () => Promise.reject(new Error('no network'));

  webSocket(url: string, protocol: string): SocketLike {
    const socket = new ScriptedSocket(url, protocol);
    this.sockets.push(socket);
    return socket;
  }

  now = (): number => this.time;
  random = (): number => 1;
  id = (): string => `c${++this.#ids}`;

  setTimer(action: () => void, ms: number): unknown {
    const timer = { at: this.time + ms, action };
    this.#timers.push(timer);
    return timer;
  }

  clearTimer(timer: unknown): void {
    this.#timers = this.#timers.filter(other => other !== timer);
  }

  get socket(): ScriptedSocket {
    return this.sockets.at(-1)!;
  }

  /** Lets everything happen that is due within the time, in order. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (;;) {
      const due = this.#timers.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.clearTimer(due);
      this.time = Math.max(this.time, due.at);
      due.action();
      await settled();
    }
    this.time = end;
  }
}

/** All promises that can resolve have. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}

export function entry(more: Partial<RoomEntry> = {}): RoomEntry {
  return { room: 'r', kind: 'group', name: 'Team', role: 'member', tail: 0, read: 0, unread: 0, ...more };
}

export function message(seq: number, more: Partial<MessageEvent> = {}): MessageEvent {
  return { seq, time: seq, type: 'message', from: 'bob', clientMessageId: `b${seq}`, text: `text ${seq}`, ...more };
}

/** One of Alice's, who is signed in. */
export function mine(seq: number, clientMessageId: string, text: string): MessageEvent {
  return message(seq, { from: 'alice', clientMessageId, text });
}

export function events(from: number, to: number): ChatEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

export function push(list: readonly ChatEvent[], room = 'r'): unknown {
  return { push: { room, events: list } };
}

export function connected(rooms: RoomEntry[]): unknown {
  return { session: 's', user: 'alice', pingSeconds: 25, rooms };
}

export function clientOf(world: ScriptedWorld, options: Partial<ChatOptions> = {}): ChatClient {
  return new ChatClient({ url: 'https://chat.example.com/', token: () => 'token', environment: world, ...options });
}

/** A client that is live with these rooms. */
export async function live(world: ScriptedWorld, rooms: RoomEntry[], options: Partial<ChatOptions> = {}): Promise<ChatClient> {
  const client = clientOf(world, options);
  await client.start();
  await settled();
  world.socket.accept();
  world.socket.answer('connect', connected(rooms));
  await settled();
  return client;
}

/** Waits until the client comes back, and lets it in. */
export async function comeBack(world: ScriptedWorld, rooms: RoomEntry[], ...pushes: unknown[]): Promise<void> {
  const before = world.sockets.length;
  while (world.sockets.length === before) await world.pass(1_000);
  world.socket.accept();
  world.socket.answer('connect', connected(rooms), ...pushes);
  await settled();
}

/** Somebody comes back after an hour without a network, to a room of which they missed too much to be told. */
export async function comeBackLate(world: ScriptedWorld, client: ChatClient): Promise<void> {
  client.network(false);
  await world.pass(3_600_000);
  client.network(true);
  await settled();
  world.socket.accept();
  world.socket.answer('connect', connected([entry({ tail: 2_000, gap: true })]));
  await settled();
}

export function texts(client: ChatClient, room = 'r'): string[] {
  const { timeline } = client.rooms.get(room)!;
  const range = timeline.range();
  return range ? timeline.items(range).flatMap(item => item.kind === 'message' ? [item.message.text] : []) : [];
}
