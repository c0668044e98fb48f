import type { Presence } from './protocol.ts';
import type { Session } from './session.ts';

/** Who is there, of the users somebody looks at. */
export class Presences {
  readonly #session: Session;
  readonly #told: (presence: Presence) => void;
  readonly #watched = new Set<string>();
  readonly #known = new Map<string, Presence>();

  constructor(session: Session, told: (presence: Presence) => void) {
    this.#session = session;
    this.#told = told;
  }

  /** What is known without a connection may be wrong by now, so it is not told. */
  of(user: string): Presence | undefined {
    return this.#session.state.name === 'live' ? this.#known.get(user) : undefined;
  }

  /** Asks to be told of these users from now on. */
  watch(users: readonly string[]): void {
    const added = users.filter(user => !this.#watched.has(user));
    added.forEach(user => this.#watched.add(user));
    this.#subscribe(added);
  }

  resubscribe(): void {
    this.#subscribe([...this.#watched]);
  }

  told(presence: Presence): void {
    this.#known.set(presence.user, presence);
    this.#told(presence);
  }

  /** What fails here is asked again with the next connection. */
  #subscribe(users: readonly string[]): void {
    for (let at = 0; at < users.length; at += 500) {
      this.#session.request('subscribe', { presenceOf: users.slice(at, at + 500) }).catch(() => undefined);
    }
  }
}
