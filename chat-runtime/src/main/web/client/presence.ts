import type { Unsubscribe } from './emitter.ts';
import type { Presence } from './protocol.ts';
import type { Session } from './session.ts';

/** Who is there, of the users somebody looks at. */
export class Presences {
  readonly #session: Session;
  readonly #told: (presence: Presence) => void;
  /** How many look at each. */
  readonly #watched = new Map<string, number>();
  readonly #known = new Map<string, Presence>();

  constructor(session: Session, told: (presence: Presence) => void) {
    this.#session = session;
    this.#told = told;
  }

  /** What is known without a connection may be wrong by now, so it is not told. */
  of(user: string): Presence | undefined {
    return this.#session.state.name === 'live' ? this.#known.get(user) : undefined;
  }

  /** Asks to be told of these users from now on. @returns what ends it */
  watch(users: readonly string[]): Unsubscribe {
    this.#request('subscribe', users.filter(user => !this.#watched.has(user)));
    for (const user of users) this.#watched.set(user, (this.#watched.get(user) ?? 0) + 1);
    let watching = users;
    return () => {
      this.#request('unsubscribe', watching.filter(user => this.#left(user)));
      watching = [];
    };
  }

  resubscribe(): void {
    this.#request('subscribe', [...this.#watched.keys()]);
  }

  told(presence: Presence): void {
    // What is on its way when nobody looks any more would stay for good.
    if (!this.#watched.has(presence.user)) return;
    this.#known.set(presence.user, presence);
    this.#told(presence);
  }

  /** @returns whether nobody looks any more */
  #left(user: string): boolean {
    const others = (this.#watched.get(user) ?? 1) - 1;
    if (others > 0) {
      this.#watched.set(user, others);
      return false;
    }
    this.#known.delete(user);
    return this.#watched.delete(user);
  }

  /** What fails here is right with the next connection, which begins anew. */
  #request(command: 'subscribe' | 'unsubscribe', users: readonly string[]): void {
    for (let at = 0; at < users.length; at += 500) {
      this.#session.request(command, { presenceOf: users.slice(at, at + 500) }).catch(() => undefined);
    }
  }
}
