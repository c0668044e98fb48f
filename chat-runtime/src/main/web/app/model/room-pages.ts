import type { ChatClient } from '../../client/index.ts';

const AGAIN_AFTER_MS = 3_000;

/** The rooms that the connection does not follow, which come page by page as somebody goes down the list. */
export class RoomPages {
  readonly #client: ChatClient;
  #cursor: string | undefined;
  #ended = false;
  #loading = false;
  #failedAt = 0;

  constructor(client: ChatClient) {
    this.#client = client;
    client.on('state', ({ name }) => {
      if (name !== 'live') return;
      this.#cursor = undefined;
      this.#ended = false;
      this.#failedAt = 0;
    });
  }

  get more(): boolean {
    return this.#client.more && !this.#ended;
  }

  /** Goes on until the list is longer. What fails is asked for again when somebody still looks after a while. */
  async next(): Promise<void> {
    if (this.#loading || this.#client.state.name !== 'live' || Date.now() - this.#failedAt < AGAIN_AFTER_MS) return;
    this.#loading = true;
    try {
      const before = this.#client.rooms.size;
      while (this.more && this.#client.rooms.size === before) await this.#page();
    } catch (error) {
      console.info('no page of rooms:', error);
      this.#failedAt = Date.now();
    } finally {
      this.#loading = false;
    }
  }

  async #page(): Promise<void> {
    const at = this.#cursor;
    const { rooms, cursor } = await this.#client.api.roomsPage(at);
    for (const entry of rooms) if (!this.#client.rooms.has(entry.room)) this.#client.remember({ ...entry, live: false });
    // Another connection begins anew.
    if (at !== this.#cursor) return;
    this.#cursor = cursor;
    this.#ended = cursor === undefined;
  }
}
