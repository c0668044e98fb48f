import { type ChatClient, type User } from '../../client/index.ts';

const LOOKUPS_AT_ONCE = 4;

/** What people are called. Until the service has told, or where it does not tell, a user's id is the name. */
export class People {
  readonly #client: ChatClient;
  readonly #changed: () => void;
  readonly #known = new Map<string, User>();
  readonly #asked = new Set<string>();
  readonly #waiting: string[] = [];
  #running = 0;

  constructor(client: ChatClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  name(user: string): string {
    this.#ask(user);
    return this.#known.get(user)?.displayName || user;
  }

  /** The attachment that pictures a user. */
  picture(user: string): string | undefined {
    return this.#known.get(user)?.avatar;
  }

  /** Asks again: names and pictures change. What fails leaves what is known. */
  async refresh(user: string): Promise<void> {
    this.#asked.add(user);
    const found = await this.#client.api.user(user).catch(() => null);
    const known = this.#known.get(user);
    if (found && (found.displayName !== known?.displayName || found.avatar !== known?.avatar)) this.replace(found);
  }

  replace(user: User): void {
    this.#known.set(user.user, user);
    this.#changed();
  }

  learn(users: readonly User[]): void {
    for (const user of users) {
      this.#asked.add(user.user);
      this.#known.set(user.user, { ...this.#known.get(user.user), ...user });
    }
    if (users.length) this.#changed();
  }

  /** People whose name or id begins like the text, best known first; the service's answer is added to those known here. */
  async find(text: string): Promise<User[]> {
    const wanted = text.toLocaleLowerCase();
    const here = [...this.#known.values()].filter(({ user, displayName }) =>
      user !== this.#client.user && (user.toLocaleLowerCase().includes(wanted) || displayName?.toLocaleLowerCase().includes(wanted)));
    const there = await this.#client.api.people(text).catch(() => []);
    this.learn(there);
    const all = new Map([...here, ...there].filter(({ user }) => user !== this.#client.user).map(user => [user.user, user]));
    return [...all.values()].slice(0, 10);
  }

  /** Forgets what failed, so that it is asked again with the next connection. */
  retry(): void {
    for (const user of [...this.#asked]) if (!this.#known.has(user)) this.#asked.delete(user);
  }

  #ask(user: string): void {
    if (!user || this.#asked.has(user) || this.#client.state.name !== 'live') return;
    this.#asked.add(user);
    this.#waiting.push(user);
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#running >= LOOKUPS_AT_ONCE) return;
    this.#running++;
    for (let user = this.#waiting.shift(); user !== undefined; user = this.#waiting.shift()) {
      const found = await this.#client.api.user(user).catch(() => null);
      if (found?.displayName || found?.avatar) this.learn([found]);
    }
    this.#running--;
  }
}
