/** Where the client keeps what must outlive a reload: recent events, and messages that are not sent yet. Values are plain data. */
export interface ChatStorage {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /** Everything whose key begins with the prefix. */
  all(prefix: string): Promise<unknown[]>;
  /** Forgets everything whose key begins with the prefix. */
  clear(prefix: string): Promise<void>;
}

/** Keeps everything for as long as the program runs. */
export class MemoryStorage implements ChatStorage {
  readonly #values = new Map<string, unknown>();

  async get(key: string): Promise<unknown> {
    return this.#values.get(key);
  }

  async set(key: string, value: unknown): Promise<void> {
    this.#values.set(key, structuredClone(value));
  }

  async remove(key: string): Promise<void> {
    this.#values.delete(key);
  }

  async all(prefix: string): Promise<unknown[]> {
    return [...this.#values].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
  }

  async clear(prefix: string): Promise<void> {
    for (const key of [...this.#values.keys()]) if (key.startsWith(prefix)) this.#values.delete(key);
  }
}

const STORE = 'values';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Keeps everything in the browser's IndexedDB. */
export class IndexedDbStorage implements ChatStorage {
  readonly #database: Promise<IDBDatabase>;

  constructor(name = 'chatcluster') {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    this.#database = done(request);
  }

  async get(key: string): Promise<unknown> {
    return done((await this.#store('readonly')).get(key));
  }

  async set(key: string, value: unknown): Promise<void> {
    await done((await this.#store('readwrite')).put(value, key));
  }

  async remove(key: string): Promise<void> {
    await done((await this.#store('readwrite')).delete(key));
  }

  async all(prefix: string): Promise<unknown[]> {
    return done((await this.#store('readonly')).getAll(range(prefix)));
  }

  async clear(prefix: string): Promise<void> {
    await done((await this.#store('readwrite')).delete(range(prefix)));
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    return (await this.#database).transaction(STORE, mode).objectStore(STORE);
  }
}

function range(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + '\uffff');
}
