import { Backoff } from './backoff.ts';
import type { Environment } from './environment.ts';
import { asChatError } from './errors.ts';
import { last } from './last.ts';
import type { ChatEvent, Commands } from './protocol.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

const PAGE = 60;

export interface HistoryListener {
  /** Somebody asked for these. */
  arrived(room: Room, events: readonly ChatEvent[]): void;
  /** These were missed when they happened. */
  missed(room: Room, events: readonly ChatEvent[]): void;
}

/** Pages what happened before, and what a connection has missed. */
export class History {
  readonly #session: Session;
  readonly #environment: Environment;
  readonly #listener: HistoryListener;
  readonly #filling = new Set<Room>();

  constructor(session: Session, environment: Environment, listener: HistoryListener) {
    this.#session = session;
    this.#environment = environment;
    this.#listener = listener;
  }

  /** The page before the known stretch around a sequence, or the newest page when nothing is known. */
  async older(room: Room, around?: number): Promise<boolean> {
    const range = room.timeline.range(around);
    const before = range?.from ?? (room.timeline.position + 1);
    if (range && room.timeline.first !== undefined && range.from <= room.timeline.first) return false;
    const { position } = room.timeline;
    const page = await this.#session.request('history', { room: room.id, before, limit: PAGE });
    room.timeline.page(page.events, { to: before - 1, from: page.events[0]?.seq ?? before, first: !page.more }, position);
    this.#listener.arrived(room, page.events);
    return page.more;
  }

  async newer(room: Room, around: number): Promise<boolean> {
    const range = room.timeline.range(around);
    const after = range?.to ?? around;
    const { position } = room.timeline;
    if (after >= position) return false;
    const page = await this.#session.request('history', { room: room.id, after, limit: PAGE });
    room.timeline.page(page.events, { from: after + 1 }, position);
    this.#listener.arrived(room, page.events);
    return page.more;
  }

  async around(room: Room, seq: number): Promise<void> {
    if (room.timeline.range(seq)) return;
    // A page of large events ends early, maybe before the one that is wanted.
    for (let after = Math.max(0, seq - PAGE / 2), more = true; more && after < seq;) {
      const { position } = room.timeline;
      const page = await this.#session.request('history', { room: room.id, after, limit: PAGE });
      room.timeline.page(page.events, { from: after + 1 }, position);
      this.#listener.arrived(room, page.events);
      ({ more } = page);
      after = last(page.events)?.seq ?? seq;
    }
  }

  /** Closes the hole after the room's position; given up when the connection is lost, since the next one resumes there. */
  async fill(room: Room): Promise<void> {
    if (this.#filling.has(room)) return;
    this.#filling.add(room);
    const backoff = new Backoff(1_000, 30_000, this.#environment.random);
    try {
      while (await this.#fillPage(room, backoff));
    } finally {
      this.#filling.delete(room);
    }
  }

  /** @returns whether to go on, at once or after a refusal that will pass */
  async #fillPage(room: Room, backoff: Backoff): Promise<boolean> {
    const after = room.timeline.position;
    let page: Commands['history']['reply'];
    try {
      page = await this.#session.request('history', { room: room.id, after, limit: 200 });
    } catch (error) {
      const { code, retryable, retryAfterMs } = asChatError(error);
      if (!retryable || code === 'disconnected') return false;
      await new Promise<void>(resolve => this.#environment.setTimer(resolve, retryAfterMs ?? backoff.next()));
      return true;
    }
    const fresh = page.events.filter(event => !room.timeline.range(event.seq));
    room.timeline.page(page.events, { from: after + 1 }, after);
    this.#listener.missed(room, fresh);
    return page.more && room.timeline.position > after;
  }
}
