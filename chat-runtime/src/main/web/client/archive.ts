import type { Environment } from './environment.ts';
import type { ChatEvent, RoomEntry } from './protocol.ts';
import { EVENTS_KEPT, Room } from './room.ts';
import type { Keeping } from './storage.ts';

const DELAY_MS = 200;

interface Kept { entry: RoomEntry; position: number; first?: number; events: ChatEvent[] }

/** Keeps each room's newest events on the device, so that they can be read before and without a connection. */
export class RoomArchive {
  readonly #storage: Keeping;
  readonly #environment: Environment;
  readonly #waiting = new Map<string, Room>();
  #timer: unknown;
  #prefix: string | undefined;

  constructor(storage: Keeping, environment: Environment) {
    this.#storage = storage;
    this.#environment = environment;
  }

  get isOpen(): boolean {
    return this.#prefix !== undefined;
  }

  async open(user: string): Promise<Room[]> {
    this.#prefix = user + '/room/';
    const kept = (await this.#storage.all(this.#prefix)) as Kept[];
    return kept.map(({ entry, position, first, events }) => {
      const room = new Room({ ...entry, tail: position });
      room.timeline.page(events, {});
      if (first !== undefined && events[0]?.seq === first) room.timeline.page(events, { first: true });
      return room;
    });
  }

  /** Soon, and once for many changes. What the service tells nothing of would be out of date without anybody knowing. */
  save(room: Room): void {
    if (!room.live) return;
    this.#waiting.set(room.id, room);
    this.#timer ??= this.#environment.setTimer(() => void this.#write(), DELAY_MS);
  }

  remove(id: string): void {
    this.#waiting.delete(id);
    if (this.#prefix) void this.#storage.remove(this.#prefix + id);
  }

  /** At once, what else would be kept soon. */
  async flush(): Promise<void> {
    this.#environment.clearTimer(this.#timer);
    await this.#write();
  }

  async close(): Promise<void> {
    await this.flush();
    this.#prefix = undefined;
  }

  async #write(): Promise<void> {
    this.#timer = undefined;
    const prefix = this.#prefix;
    if (prefix === undefined) return;
    const rooms = [...this.#waiting.values()];
    this.#waiting.clear();
    await Promise.all(rooms.map(room => this.#storage.set(prefix + room.id, {
      entry: room.entry(), position: room.timeline.position, first: room.timeline.first, events: room.timeline.recent(EVENTS_KEPT),
    } satisfies Kept)));
  }
}
