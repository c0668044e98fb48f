import type { ChatClient, Room } from '../../client/index.ts';

const WHOLE_MAX = 8;

/** The rooms that were opened last: all that was looked at in them stays at hand, and of others the newest events only. */
export class Opened {
  readonly #isWritten: (room: Room) => boolean;
  #rooms: readonly Room[] = [];

  /** @param isWritten whether something is being written there, which may be an answer to anything */
  constructor(client: ChatClient, isWritten: (room: Room) => boolean) {
    this.#isWritten = isWritten;
    client.on('messages', ({ room }) => this.#letGo(room));
  }

  add(room: Room): void {
    const rooms = [room, ...this.#rooms.filter(other => other !== room)];
    this.#rooms = rooms.slice(0, WHOLE_MAX);
    rooms.slice(WHOLE_MAX).forEach(other => this.#letGo(other));
  }

  has(id: string): boolean {
    return this.#rooms.some(room => room.id === id);
  }

  #letGo(room: Room): void {
    if (!this.#rooms.includes(room) && !this.#isWritten(room)) room.release();
  }
}
