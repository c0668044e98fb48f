import type { ChatEvent } from './protocol.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

const PAGE = 60;

/** Pages what happened before, and what a connection has missed. */
export class History {
  readonly #session: Session;
  readonly #arrived: (room: Room, events: readonly ChatEvent[]) => void;
  readonly #filling = new Set<Room>();

  constructor(session: Session, arrived: (room: Room, events: readonly ChatEvent[]) => void) {
    this.#session = session;
    this.#arrived = arrived;
  }

  /** The page before the known stretch around a sequence, or the newest page when nothing is known. */
  async older(room: Room, around?: number): Promise<boolean> {
    const range = room.timeline.range(around);
    const before = range?.from ?? (room.timeline.position + 1);
    if (range && room.timeline.first !== undefined && range.from <= room.timeline.first) return false;
    const page = await this.#session.request('history', { room: room.id, before, limit: PAGE });
    room.timeline.page(page.events, { to: before - 1, from: page.events[0]?.seq ?? before, first: !page.more });
    this.#arrived(room, page.events);
    return page.more;
  }

  async newer(room: Room, around: number): Promise<boolean> {
    const range = room.timeline.range(around);
    const after = range?.to ?? around;
    if (after >= room.timeline.position) return false;
    const page = await this.#session.request('history', { room: room.id, after, limit: PAGE });
    room.timeline.page(page.events, { from: after + 1 });
    this.#arrived(room, page.events);
    return page.more;
  }

  async around(room: Room, seq: number): Promise<void> {
    if (room.timeline.range(seq)) return;
    const page = await this.#session.request('history', { room: room.id, after: Math.max(0, seq - PAGE / 2), limit: PAGE });
    room.timeline.page(page.events, { from: Math.max(1, seq - PAGE / 2 + 1) });
    this.#arrived(room, page.events);
  }

  /** Closes the hole after the room's position; given up when the connection is lost, since the next one resumes there. */
  async fill(room: Room): Promise<void> {
    if (this.#filling.has(room)) return;
    this.#filling.add(room);
    try {
      for (let more = true; more;) {
        const after = room.timeline.position;
        const page = await this.#session.request('history', { room: room.id, after, limit: 200 });
        const fresh = page.events.filter(event => !room.timeline.range(event.seq));
        room.timeline.page(page.events, { from: after + 1 });
        this.#arrived(room, fresh);
        more = page.more && room.timeline.position > after;
      }
    } catch {
      return;
    } finally {
      this.#filling.delete(room);
    }
  }
}
