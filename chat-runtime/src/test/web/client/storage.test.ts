import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IndexedDbStorage, MemoryStorage, type ChatStorage } from '../../../main/web/client/storage.ts';
import { expiryOf } from '../../../main/web/client/token.ts';
import { clientOf, connected, entry, events, live, push, ScriptedWorld, settled, texts } from './scripted.ts';

/** As much of IndexedDB as is used: one store that holds values by key, and answers later. */
class FakeIndexedDb {
  readonly values = new Map<string, unknown>();
  failure: Error | undefined;
  opened = 0;
  lacking = false;
  /** What was opened last. */
  #database: { isClosed?: boolean; onclose?(): void } = {};

  open(): unknown {
    this.opened++;
    const database = this.#database = {
      isClosed: false,
      createObjectStore: () => undefined,
      transaction: () => {
        if (this.lacking) throw new DOMException('no such store', 'NotFoundError');
        if (database.isClosed) throw new DOMException('the database connection is closing', 'InvalidStateError');
        return { objectStore: () => this.#store() };
      },
    };
    const request = this.#request(() => database);
    if (!this.failure) queueMicrotask(() => (request as { onupgradeneeded?(): void }).onupgradeneeded?.());
    return request;
  }

  /** As browsers do for pages in the background, and do not always tell. */
  close(told: boolean): void {
    this.#database.isClosed = true;
    if (told) this.#database.onclose?.();
  }

  #store(): unknown {
    const within = ({ from, to }: { from: string; to: string }) => [...this.values.keys()].filter(key => from <= key && key <= to).sort();
    return {
      get: (key: string) => this.#request(() => this.values.get(key)),
      put: (value: unknown, key: string) => this.#request(() => { this.values.set(key, structuredClone(value)); }),
      delete: (key: string | { from: string; to: string }) =>
        this.#request(() => { (typeof key === 'string' ? [key] : within(key)).forEach(each => this.values.delete(each)); }),
      getAll: (range: { from: string; to: string }) => this.#request(() => within(range).map(key => this.values.get(key))),
    };
  }

  #request(action: () => unknown): { result: unknown } {
    const request: { result: unknown; error?: Error; onsuccess?(): void; onerror?(): void } = { result: undefined };
    const { failure } = this;
    if (!failure) request.result = action();
    else request.error = failure;
    setImmediate(() => failure ? request.onerror?.() : request.onsuccess?.());
    return request;
  }
}

type Globals = Record<'indexedDB' | 'IDBKeyRange' | 'structuredClone', unknown>;

/** Other globals for as long as the action goes on; undefined takes one away. */
async function having(globals: Partial<Globals>, action: () => Promise<void>): Promise<void> {
  const place = globalThis as unknown as Globals;
  const names = Object.keys(globals) as (keyof Globals)[];
  const before = names.map(name => Object.getOwnPropertyDescriptor(place, name));
  for (const name of names) {
    delete place[name];
    if (globals[name] !== undefined) place[name] = globals[name];
  }
  try {
    await action();
  } finally {
    names.forEach((name, index) => {
      delete place[name];
      if (before[index]) Object.defineProperty(place, name, before[index]);
    });
  }
}

const IDBKeyRange = { bound: (from: string, to: string) => ({ from, to }) };

for (const [what, make] of [['memory', () => new MemoryStorage()], ['IndexedDB', () => new IndexedDbStorage()]] as [string, () => ChatStorage][]) {
  test(`keeps values by key, and knows those with a prefix (${what})`, async () => {
    await having({ indexedDB: new FakeIndexedDb(), IDBKeyRange }, async () => {
      const storage = make();
      const value = { text: 'one' };
      await storage.set('a/1', value);
      value.text = 'changed later';
      await storage.set('a/2', { text: 'two' });
      await storage.set('b/1', { text: 'other' });
      assert.deepEqual(await storage.get('a/1'), { text: 'one' });
      assert.deepEqual(await storage.all('a/'), [{ text: 'one' }, { text: 'two' }]);
      await storage.remove('a/1');
      assert.deepEqual(await storage.all('a/'), [{ text: 'two' }]);
      await storage.clear('a/');
      assert.deepEqual(await storage.all(''), [{ text: 'other' }]);
    });
  });
}

test('opens IndexedDB once, when it is needed', async () => {
  const indexedDB = new FakeIndexedDb();
  await having({ indexedDB, IDBKeyRange }, async () => {
    const storage = new IndexedDbStorage();
    assert.equal(indexedDB.opened, 0);
    await Promise.all([storage.all(''), storage.get('a')]);
    assert.equal(indexedDB.opened, 1);
  });
});

for (const told of [true, false]) {
  test(`opens IndexedDB again, once, where the browser has closed it and ${told ? 'says so' : 'does not say so'}`, async () => {
    const indexedDB = new FakeIndexedDb();
    await having({ indexedDB, IDBKeyRange }, async () => {
      const storage = new IndexedDbStorage();
      await storage.set('a', 'one');
      indexedDB.close(told);
      const [, , kept] = await Promise.all([storage.set('a', 'two'), storage.set('b', 'three'), storage.all('')]);
      assert.deepEqual(kept, ['two', 'three']);
      assert.equal(indexedDB.opened, 2);
    });
  });
}

test('asks for IndexedDB again where it did not open', async () => {
  const indexedDB = new FakeIndexedDb();
  await having({ indexedDB, IDBKeyRange }, async () => {
    const storage = new IndexedDbStorage();
    indexedDB.failure = new Error('busy');
    await assert.rejects(storage.set('a', 'one'), /busy/);
    indexedDB.failure = undefined;
    await storage.set('a', 'two');
    assert.equal(await storage.get('a'), 'two');
  });
});

test('tells whoever asks of an IndexedDB that lacks what it needs', async () => {
  const indexedDB = new FakeIndexedDb();
  await having({ indexedDB, IDBKeyRange }, async () => {
    const storage = new IndexedDbStorage();
    await storage.get('a');
    indexedDB.lacking = true;
    await assert.rejects(storage.get('a'), { name: 'NotFoundError' });
    assert.equal(indexedDB.opened, 1);
  });
});

const failing = new FakeIndexedDb();
failing.failure = new Error('not here');
const throwing = { open: () => { throw failing.failure!; } };
const full = new MemoryStorage();
full.set = () => Promise.reject(failing.failure!);
for (const [what, indexedDB, storage] of [
  ['IndexedDB does not open', failing, new IndexedDbStorage()],
  ['IndexedDB throws when it is opened', throwing, new IndexedDbStorage()],
  ['the device is full', undefined, full],
] as [string, unknown, ChatStorage][]) {
  for (const user of ['alice', undefined]) {
    test(`goes on in memory, and says so once, where ${what} (${user ? 'a known user' : 'a new user'})`, async () => {
      await having({ indexedDB, IDBKeyRange }, async () => {
        const world = new ScriptedWorld();
        const client = clientOf(world, { user, storage });
        const problems: string[] = [];
        client.on('problem', problem => problems.push(problem.message));
        await client.start();
        await settled();
        world.socket.accept();
        world.socket.answer('connect', connected([entry()]), push(events(1, 2)));
        client.send('r', 'hello');
        await world.pass(1_000);
        assert.equal(client.state.name, 'live');
        assert.deepEqual(texts(client), ['text 1', 'text 2']);
        assert.deepEqual(world.socket.all('send').map(({ send }) => send!['text']), ['hello']);
        world.socket.push({ room: { change: 'removed', room: 'r' } });
        await client.keep();
        assert.deepEqual(problems, ['not here']);
      });
    });
  }
}

test('says that it could not forget, whatever it said before', async () => {
  const storage = new MemoryStorage();
  storage.set = storage.clear = () => Promise.reject(new Error('stuck'));
  const world = new ScriptedWorld();
  const client = await live(world, [entry()], { storage });
  const problems: string[] = [];
  client.on('problem', problem => problems.push(problem.message));
  client.send('r', 'hello');
  await settled();
  assert.equal(problems.length, 1);
  assert.equal(await client.stop({ forget: true }), false);
  assert.equal(problems.length, 2);
});

test('takes the rooms of a user it did not know from the service alone', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const first = await live(world, [entry(), entry({ room: 'left' })], { storage });
  await first.stop();
  const second = await live(world, [entry()], { storage });
  assert.deepEqual([...second.rooms.keys()], ['r']);
});

test('knows where a room begins without a connection', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const first = await live(world, [entry({ tail: 2 })], { storage });
  const older = first.older(first.rooms.get('r')!);
  world.socket.answer('history', { events: events(1, 2), more: false });
  await older;
  await first.stop();
  const second = clientOf(world, { storage, user: 'alice' });
  await second.start();
  assert.equal(second.rooms.get('r')!.timeline.first, 1);
});

test('knows when something happened last in a room without a connection', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const first = await live(world, [entry(), entry({ room: 'silent' })], { storage });
  first.remember({ ...entry({ room: 'silent' }), activeAt: 4_711 });
  world.socket.push(push(events(1, 2)));
  await first.stop();
  const second = clientOf(world, { storage, user: 'alice' });
  await second.start();
  assert.deepEqual(['r', 'silent'].map(id => second.rooms.get(id)!.activeAt), [2, 4_711]);
});

test('needs neither IndexedDB nor structuredClone, as in React Native', async () => {
  await having({ indexedDB: undefined, structuredClone: undefined }, async () => {
    const storage = new MemoryStorage();
    const world = new ScriptedWorld();
    const client = await live(world, [entry()], { storage });
    client.on('problem', problem => assert.fail(problem.message));
    world.socket.push(push(events(1, 2)));
    client.send('r', 'hello');
    await client.stop();
    const second = clientOf(world, { storage, user: 'alice' });
    await second.start();
    assert.deepEqual(texts(second), ['text 1', 'text 2']);
    assert.deepEqual(second.outbox.of('r').map(({ text }) => text), ['hello']);
  });
});

test('reads when a token expires, where it tells', () => {
  const token = (claims: unknown): string => `h.${btoa(JSON.stringify(claims))}.s`;
  assert.equal(expiryOf(token({ exp: 5 })), 5_000);
  assert.equal(expiryOf(token({})), undefined);
  assert.equal(expiryOf('opaque'), undefined);
});
