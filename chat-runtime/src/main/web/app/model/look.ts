import type { ChatClient } from '../../client/index.ts';

/** Whose presence a part of the screen shows: whoever it does not show any more is not watched for it. */
export class Look {
  readonly #client: ChatClient;
  #end = (): void => undefined;

  constructor(client: ChatClient) {
    this.#client = client;
  }

  at(users: readonly string[]): void {
    const before = this.#end;
    this.#end = this.#client.presences.watch(users);
    // Last, so that nothing is asked for again that goes on.
    before();
  }
}
