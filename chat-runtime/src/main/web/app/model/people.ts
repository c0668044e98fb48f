import { type ChatClient, type User } from '../../client/index.ts';
import { device } from './device.ts';

const LOOKUPS_AT_ONCE = 4;
const KEPT_MAX = 500;
const KEEP_AFTER_MS = 500;
const RENEWED_MAX = 20;
const RENEW_AFTER_MS = 60_000;

const placeOf = (me: string): string => 'people/' + me;

/** What people are called. Until the service has told, what it told last is kept on the device; else a user's id is the name. */
export class People {
  readonly #client: ChatClient;
  readonly #changed: () => void;
  readonly #known = new Map<string, User>();
  /** When somebody was asked for last. */
  readonly #asked = new Map<string, number>();
  readonly #waiting: string[] = [];
  #running = 0;
  #kept: Map<string, User> | null = null;
  #forgotten = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: ChatClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  name(user: string): string {
    this.#ask(user);
    return this.#of(user)?.displayName || user;
  }

  /** Whether it is known that a user is called something. */
  knows(user: string): boolean {
    return !!this.#of(user)?.displayName;
  }

  /** The attachment that pictures a user. */
  picture(user: string): string | undefined {
    return this.#of(user)?.avatar;
  }

  /** Asks again for the first of these who were shown, but not asked for lately: names and pictures change, and nobody tells. */
  renew(users: readonly string[], after = RENEW_AFTER_MS): void {
    const before = Date.now() - after;
    for (const user of [...new Set(users)].slice(0, RENEWED_MAX)) if ((this.#asked.get(user) ?? Infinity) <= before) this.refresh(user);
  }

  /** Asks, or asks again, when there is a connection. */
  refresh(user: string): void {
    if (this.#client.state.name !== 'live') return;
    this.#asked.set(user, Date.now());
    this.#waiting.push(user);
    void this.#work();
  }

  replace(user: User): void {
    this.#known.set(user.user, user);
    this.#keepSoon();
    this.#changed();
  }

  learn(users: readonly User[]): void {
    for (const user of users) {
      this.#asked.set(user.user, Date.now());
      this.#known.set(user.user, { ...this.#known.get(user.user), ...user });
    }
    if (users.length === 0) return;
    this.#keepSoon();
    this.#changed();
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
    for (const user of [...this.#asked.keys()]) if (!this.#known.has(user)) this.#asked.delete(user);
  }

  /** Nothing of whom the user knows stays on the device. */
  forget(): void {
    this.#forgotten = true;
    clearTimeout(this.#timer);
    device.remove(placeOf(this.#client.user));
  }

  #of(user: string): User | undefined {
    return this.#known.get(user) ?? this.#earlier().get(user);
  }

  /** As the service told when the app ran last. */
  #earlier(): Map<string, User> {
    if (this.#kept || !this.#client.user) return this.#kept ?? new Map();
    const kept = JSON.parse(device.get(placeOf(this.#client.user)) ?? '[]') as User[];
    return this.#kept = new Map(kept.map(user => [user.user, user]));
  }

  /** Those who were heard of last, once for many changes. */
  #keepSoon(): void {
    clearTimeout(this.#timer);
    if (!this.#forgotten) this.#timer = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    const all = new Map(this.#earlier());
    for (const [id, user] of this.#known) {
      all.delete(id);
      if (user.displayName || user.avatar) all.set(id, user);
    }
    device.set(placeOf(this.#client.user), JSON.stringify([...all.values()].slice(-KEPT_MAX)));
  }

  #ask(user: string): void {
    if (user && !this.#asked.has(user)) this.refresh(user);
  }

  async #work(): Promise<void> {
    if (this.#running >= LOOKUPS_AT_ONCE) return;
    this.#running++;
    for (let user = this.#waiting.shift(); user !== undefined; user = this.#waiting.shift()) {
      const found = await this.#client.api.user(user).catch(() => null);
      if (found) this.#found(found);
    }
    this.#running--;
  }

  /** What fails leaves what is known, and what is as it was known changes nothing that is shown. */
  #found(user: User): void {
    const { displayName, avatar } = this.#of(user.user) ?? {};
    this.#known.set(user.user, user);
    this.#keepSoon();
    if (user.displayName !== displayName || user.avatar !== avatar) this.#changed();
  }
}
