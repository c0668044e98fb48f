/** What the browser keeps for its page. Where it keeps nothing, or no more, the page has it for as long as it is open. */
export class Place {
  readonly #storage: () => Storage;
  readonly #unkept = new Map<string, string>();

  /** @param storage some browsers throw already when they are asked for it */
  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  get(key: string): string | null {
    return this.#unkept.get(key) ?? this.#attempt(storage => storage.getItem(key), null);
  }

  set(key: string, value: string): void {
    const kept = this.#attempt(storage => { storage.setItem(key, value); return true; }, false);
    if (kept) this.#unkept.delete(key);
    else this.#unkept.set(key, value);
  }

  remove(key: string): void {
    this.#unkept.delete(key);
    this.#attempt(storage => storage.removeItem(key), undefined);
  }

  /** Whether it is there for the next page as well. */
  keeps(key: string): boolean {
    return !this.#unkept.has(key);
  }

  /** The keys that begin so. */
  keys(prefix: string): string[] {
    const kept = this.#attempt(storage => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ''), []);
    return [...new Set([...kept, ...this.#unkept.keys()])].filter(key => key.startsWith(prefix));
  }

  /** Forgets everything whose key begins so. */
  clear(prefix: string): void {
    for (const key of this.keys(prefix)) this.remove(key);
  }

  #attempt<T>(action: (storage: Storage) => T, otherwise: T): T {
    try {
      return action(this.#storage());
    } catch (error) {
      console.info('not kept by the browser:', error);
      return otherwise;
    }
  }
}

/** For all windows, and for the next time. */
export const device = new Place(() => localStorage);

/** For this window alone. */
export const tab = new Place(() => sessionStorage);
