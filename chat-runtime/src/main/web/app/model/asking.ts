import type { ChatClient, Room } from '../../client/index.ts';

const ASK_AGAIN_MS = 10_000;

/** While a room is open of which the service tells nothing by itself, it is asked. */
export class Asking {
  readonly #client: ChatClient;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(client: ChatClient) {
    this.#client = client;
  }

  /** Goes on with the room that is open, if it needs that. */
  about(room: Room | null): void {
    clearInterval(this.#timer);
    if (!room || room.live || this.#client.state.name !== 'live') return;
    const ask = (): void => void this.#client.catchUp(room).catch((error: unknown) => console.info('not known what is new:', error));
    this.#timer = setInterval(ask, ASK_AGAIN_MS);
    ask();
  }
}
