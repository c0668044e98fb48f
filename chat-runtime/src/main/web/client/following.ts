import type { History } from './history.ts';
import type { Room } from './room.ts';
import type { Connected } from './session.ts';

/** A longer gap is jumped over: history has it. */
const FILLED_MAX = 1_000;

/** Which rooms the connection follows. Of the others the service tells nothing by itself: what is new there must be looked up. */
export class Following {
  readonly #rooms: ReadonlyMap<string, Room>;
  readonly #history: History;
  /** Whether there are rooms that it does not follow. */
  more = false;
  /** Where the rooms stood that were known when the connection was asked for: it may not tell of rooms that were made since. */
  #asked: ReadonlyMap<string, number> = new Map();

  constructor(rooms: ReadonlyMap<string, Room>, history: History) {
    this.#rooms = rooms;
    this.#history = history;
  }

  /** Where to resume, for a connection that is asked for now. */
  positions(): Record<string, number> {
    this.#asked = new Map([...this.#rooms.values()].map(room => [room.id, room.timeline.position]));
    return Object.fromEntries([...this.#rooms.values()].filter(isResumed).map(room => [room.id, room.timeline.position]));
  }

  /**
   * A room whose end is before what is known of it goes by a log that was restored from a backup: what is known after that did not
   * happen there, and other events will come in its place.
   *
   * @returns where the known rooms begin that were not resumed, and those in which the user is not any more
   */
  connected({ rooms, more = false }: Connected): { begun: ReadonlySet<string>; gone: string[] } {
    this.more = more;
    for (const entry of rooms) if (entry.tail < (this.#asked.get(entry.room) ?? 0)) this.#rooms.get(entry.room)?.restart(entry);
    const followed = new Set(rooms.map(({ room }) => room));
    const known = [...this.#rooms.values()];
    const begun = new Set(known.filter(room => !isResumed(room)).map(({ id }) => id));
    const left = known.filter(({ id }) => !followed.has(id));
    if (more) for (const room of left) room.live = false;
    return { begun, gone: more ? [] : left.map(({ id }) => id).filter(id => this.#asked.has(id)) };
  }

  /** Takes over what has happened up to the room's tail, or goes on from there. */
  async catchUp(room: Room): Promise<void> {
    const { timeline, tail } = room;
    if (tail <= timeline.position) return;
    if (timeline.range() && tail - timeline.position <= FILLED_MAX) await this.#history.fill(room);
    else timeline.jumpTo(tail);
  }

  /** What the user has done in a room shows there, followed or not. */
  async done(id: string): Promise<void> {
    const room = this.#rooms.get(id);
    if (room && !room.live) await this.#history.fill(room);
  }
}

/** One that is not followed, and that nobody has looked at, leaves its place to others. */
function isResumed({ live, timeline }: Room): boolean {
  return live || timeline.range() !== undefined;
}
