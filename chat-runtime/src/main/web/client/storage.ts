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
    this.#values.set(key, JSON.parse(JSON.stringify(value)));
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

async function opened(name: string, closed: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await done(request);
  database.onclose = closed;
  return database;
}

/** Keeps everything in the browser's IndexedDB. */
export class IndexedDbStorage implements ChatStorage {
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;

  constructor(name = 'chatcluster') {
    this.#name = name;
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
    const database = this.#open();
    try {
      return (await database).transaction(STORE, mode).objectStore(STORE);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'InvalidStateError') throw error;
      // Browsers close it for pages in the background, and do not always say so.
      this.#lose(database);
      return (await this.#open()).transaction(STORE, mode).objectStore(STORE);
    }
  }

  #open(): Promise<IDBDatabase> {
    if (this.#database) return this.#database;
    // Some browsers throw already when they are asked to open it: that must meet who asks for a value.
    const database = opened(this.#name, () => this.#lose(database));
    database.catch(() => this.#lose(database));
    this.#database = database;
    return database;
  }

  /** Who asks next opens it anew. */
  #lose(database: Promise<IDBDatabase>): void {
    if (this.#database === database) this.#database = undefined;
  }
}

function range(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + '\uffff');
}

/** A storage that may fail, as where a page may keep nothing: what it does not keep is in memory only, and that is told once. */
export class Keeping implements Omit<ChatStorage, 'get' | 'clear'> {
  readonly #storage: ChatStorage;
  readonly #failed: (error: unknown) => void;
  #told = false;

  constructor(storage: ChatStorage, failed: (error: unknown) => void) {
    this.#storage = storage;
    this.#failed = failed;
  }

  set(key: string, value: unknown): Promise<void> {
    return this.#attempt(() => this.#storage.set(key, value), undefined);
  }

  remove(key: string): Promise<void> {
    return this.#attempt(() => this.#storage.remove(key), undefined);
  }

  all(prefix: string): Promise<unknown[]> {
    return this.#attempt(() => this.#storage.all(prefix), []);
  }

  /** @returns whether nothing is left */
  clear(prefix: string): Promise<boolean> {
    // That something stays on the device must be known, whatever was told before.
    this.#told = false;
    return this.#attempt(async () => {
      await this.#storage.clear(prefix);
      return true;
    }, false);
  }

  async #attempt<T>(action: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (!this.#told) this.#failed(error);
      this.#told = true;
      return otherwise;
    }
  }
}
