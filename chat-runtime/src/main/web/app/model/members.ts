import type { ChatClient, Member, Room } from '../../client/index.ts';

/** Who is in the rooms that were opened last. */
export class Members {
  readonly #client: ChatClient;
  readonly #isOpened: (room: string) => boolean;
  readonly #changed: (room: Room) => void;
  readonly #members = new Map<string, { asked: number; members: readonly Member[] }>();
  #asked = 0;

  constructor(client: ChatClient, isOpened: (room: string) => boolean, changed: (room: Room) => void) {
    this.#client = client;
    this.#isOpened = isOpened;
    this.#changed = changed;
    client.on('messages', ({ room, events }) => {
      if (this.#members.has(room.id) && events.some(({ type }) => type === 'joined' || type === 'left' || type === 'role')) void this.load(room);
    });
  }

  of(room: Room): readonly Member[] {
    return this.#members.get(room.id)?.members ?? [];
  }

  has(room: Room | null, user: string): boolean {
    return room !== null && this.of(room).some(member => member.user === user);
  }

  /** What fails is asked again with the next connection, or when the room is opened again. */
  async load(room: Room): Promise<void> {
    const asked = ++this.#asked;
    const members = await this.#client.api.members(room.id).catch(() => null);
    for (const id of this.#members.keys()) if (!this.#isOpened(id)) this.#members.delete(id);
    if (!members || !this.#isOpened(room.id)) return;
    // What was asked later knows more, whichever is answered first.
    if (asked < (this.#members.get(room.id)?.asked ?? 0)) return;
    this.#members.set(room.id, { asked, members });
    for (const { user, read } of members) room.hasRead(user, read);
    this.#changed(room);
  }
}
