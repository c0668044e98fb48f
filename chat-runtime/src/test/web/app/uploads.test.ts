import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { comeBack, entry, type ScriptedWorld, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';

const { Uploads } = await import('../../../main/web/app/model/uploads.ts');

afterEach(() => localStorage.clear());

const file = (name: string, type = ''): File => new File(['x'], name, { type });

/** From now on the service takes files, and calls them `a1`, `a2` and so on. */
function takesFiles(world: ScriptedWorld): void {
  let files = 0;
  world.fetch = async address => String(address).endsWith('/attachments')
    ? Response.json({ attachment: `a${++files}`, uploadUrl: 'https://store.example.com/', headers: {}, expiresAt: 1 }) : new Response('{}');
}

test('says that a message takes no more files', async () => {
  const { app, client } = await appOf([entry()]);
  const told: string[] = [];
  app.on('notice', ({ text }) => told.push(text));
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  uploads.add(room, Array.from({ length: 20 }, (_, n) => new File(['x'], `${n}.txt`)));
  assert.deepEqual([uploads.of(room).length, told], [20, []]);
  uploads.add(room, [new File(['x'], 'more.txt')]);
  assert.deepEqual([uploads.of(room).length, told], [20, ['A message takes 20 files at most.']]);
  await settled();
});

test('takes no files of who may only read, nor where the service has no place for them', async () => {
  const { app, client } = await appOf([entry(), entry({ room: 'q', role: 'readonly' })]);
  const uploads = new Uploads(app, () => undefined);
  const taking = (): boolean[] => ['r', 'q'].map(id => uploads.takes(client.rooms.get(id)!));
  assert.deepEqual(taking(), [false, false]);
  app.config.media = true;
  assert.deepEqual(taking(), [true, false]);
  client.remember(entry({ role: 'readonly' }));
  assert.deepEqual(taking(), [false, false]);
});

test('tries files again by itself whose upload was interrupted, once there is a connection', async () => {
  const { app, client, world } = await appOf([entry()]);
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  const refused = world.fetch;
  world.fetch = () => Promise.reject(new Error('no network'));
  uploads.add(room, [file('lost.txt')]);
  await settled();
  world.fetch = refused;
  uploads.add(room, [file('refused.txt')]);
  await settled();
  assert.deepEqual(uploads.of(room).map(({ interrupted }) => interrupted), [true, false]);
  takesFiles(world);
  world.socket.drop();
  await comeBack(world, [entry()]);
  assert.deepEqual(uploads.of(room).map(upload => [upload.name, upload.attachment?.id]), [['refused.txt', undefined], ['lost.txt', 'a1']]);
});

test('tries a file again a few times whose upload is interrupted while there is a connection', async () => {
  const { app, client, world } = await appOf([entry()]);
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  let tries = 0;
  world.fetch = () => {
    tries++;
    return Promise.reject(new Error('no network'));
  };
  mock.timers.enable({ apis: ['setTimeout'] });
  uploads.add(room, [file('lost.txt')]);
  for (let n = 0; n < 10; n++) {
    await settled();
    mock.timers.tick(60_000);
  }
  mock.timers.reset();
  const interrupted = uploads.of(room).map(upload => upload.interrupted);
  uploads.remove(room, uploads.of(room)[0]!);
  assert.deepEqual([tries, interrupted], [4, [true]]);
});

test('tries no file again that was taken out meanwhile', async () => {
  const { app, client, world } = await appOf([entry()]);
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  world.fetch = () => Promise.reject(new Error('no network'));
  mock.timers.enable({ apis: ['setTimeout'] });
  uploads.add(room, [file('failed.txt')]);
  await settled();
  uploads.add(room, [file('failing.txt')]);
  for (const upload of uploads.of(room)) uploads.remove(room, upload);
  await settled();
  mock.timers.tick(60_000);
  mock.timers.reset();
  assert.deepEqual(uploads.of(room), []);
});

test('knows whether files would be lost with the page', async t => {
  const { app, client, world } = await appOf([entry()]);
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  assert.equal(uploads.isUnsaved, false);
  takesFiles(world);
  uploads.add(room, [file('a.txt')]);
  assert.equal(uploads.isUnsaved, true, 'it is on its way');
  await settled();
  assert.equal(uploads.isUnsaved, false, 'it belongs to the draft');
  uploads.remove(room, uploads.of(room)[0]!);
  world.fetch = async () => new Response('', { status: 403 });
  uploads.add(room, [file('refused.txt')]);
  await settled();
  assert.equal(uploads.isUnsaved, true);
  uploads.remove(room, uploads.of(room)[0]!);
  assert.equal(uploads.isUnsaved, false);
  takesFiles(world);
  t.mock.method(localStorage, 'setItem', () => { throw new DOMException('full', 'QuotaExceededError'); });
  uploads.add(room, [file('b.txt')]);
  await settled();
  assert.equal(uploads.isUnsaved, true, 'the device keeps no draft');
});

test('asks nobody about files who has signed out', async () => {
  const { app, client } = await appOf([entry()]);
  const uploads = new Uploads(app, () => undefined);
  uploads.add(client.rooms.get('r')!, [file('a.txt')]);
  assert.equal(uploads.isUnsaved, true);
  client.on('state', () => assert.equal(uploads.isUnsaved, false));
  await client.stop();
  assert.equal(uploads.isUnsaved, false);
});

test('sends no more of a file once somebody signs out', async () => {
  const { app, client, world } = await appOf([entry()]);
  const uploads = new Uploads(app, () => undefined);
  const under = Promise.withResolvers<AbortSignal>();
  takesFiles(world);
  const { fetch } = world;
  world.fetch = (address, init) => {
    if (!String(address).includes('store')) return fetch(address, init);
    under.resolve(init!.signal!);
    return new Promise(() => undefined);
  };
  uploads.add(client.rooms.get('r')!, [file('a.txt')]);
  const signal = await under.promise;
  await app.signOut();
  assert.deepEqual([signal.aborted, uploads.of(client.rooms.get('r')!)], [true, []]);
});

test('lets go of the files of a room that somebody is not in any more', async () => {
  const { app, client, world } = await appOf([entry()]);
  const uploads = new Uploads(app, () => undefined);
  uploads.add(client.rooms.get('r')!, [file('a.txt')]);
  world.socket.push({ room: { change: 'removed', room: 'r' } });
  assert.equal(uploads.isUnsaved, false);
});

test('takes a file of which the browser knows no type for what it is where that is allowed', async () => {
  const { app, client } = await appOf([entry()]);
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  app.config.limits.attachmentTypes = ['application/octet-stream', 'image/png'];
  uploads.add(room, [file('notes'), file('a.png', 'image/png'), file('a.exe', 'application/x-msdownload')]);
  assert.deepEqual(uploads.of(room).map(upload => upload.name), ['notes', 'a.png']);
});
