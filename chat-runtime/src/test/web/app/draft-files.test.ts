import assert from 'node:assert/strict';
import { afterEach, mock, test, type TestContext } from 'node:test';
import type { DraftFile } from '../../../main/web/app/model/drafts.ts';
import { entry, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';
import { elsewhere } from './browser.ts';

const { Uploads } = await import('../../../main/web/app/model/uploads.ts');

const DRAFT = 'draft/alice/r';
const HOUR_MS = 60 * 60_000;

afterEach(() => {
  localStorage.clear();
  mock.timers.reset();
});

/** A page that somebody has just loaded, which shows the files of a room; the service takes files, and calls them by their names. */
async function page() {
  const { app, client, world } = await appOf([entry()]);
  const texts: string[] = [];
  app.on('notice', ({ text }) => texts.push(text));
  world.fetch = async (address, init) => String(address).includes('store') ? new Response('')
    : Response.json({ attachment: `id of ${JSON.parse(String(init?.body)).name}`, uploadUrl: 'https://store.example.com/', headers: {}, expiresAt: 1 });
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  uploads.renew(room);
  const uploaded = async (...names: string[]): Promise<void> => {
    uploads.add(room, names.map(name => new File(['x'], name, { type: name.endsWith('.png') ? 'image/png' : 'text/plain' })));
    await settled();
  };
  const shown = (): (string | undefined)[][] => uploads.of(room).map(({ name, attachment }) => [name, attachment?.id]);
  const kept = (): readonly DraftFile[] => app.drafts.of('r').files ?? [];
  return { app, client, world, room, uploads, uploaded, shown, kept, texts };
}

test('has what is uploaded after a reload, until it is sent', async () => {
  const before = await page();
  await before.uploaded('a.txt', 'b.txt');
  const { app, room, uploads, shown, texts } = await page();
  assert.deepEqual([shown(), texts], [[['a.txt', 'id of a.txt'], ['b.txt', 'id of b.txt']], []]);
  assert.deepEqual(uploads.take(room).map(({ id, contentType, bytes }) => [id, contentType, bytes]), [['id of a.txt', 'text/plain', 1], ['id of b.txt', 'text/plain', 1]]);
  assert.deepEqual([(await page()).shown(), app.drafts.has('r')], [[], false]);
});

test('has files after a reload in the order in which they were chosen, whichever was uploaded first', async () => {
  const { uploaded, world } = await page();
  const { fetch } = world;
  const late = Promise.withResolvers<void>();
  world.fetch = async (address, init) => {
    if (String(init?.body).includes('late.txt')) await late.promise;
    return fetch(address, init);
  };
  await uploaded('late.txt', 'early.txt');
  late.resolve();
  await settled();
  assert.deepEqual((await page()).shown().map(([name]) => name), ['late.txt', 'early.txt']);
});

test('has nothing after a reload that was taken out, or was not uploaded', async () => {
  const { room, uploads, uploaded, world } = await page();
  await uploaded('a.txt', 'b.txt');
  uploads.remove(room, uploads.of(room)[0]!);
  world.fetch = async () => new Response('', { status: 403 });
  await uploaded('refused.txt');
  assert.deepEqual((await page()).shown(), [['b.txt', 'id of b.txt']]);
});

test('leaves in the draft what another window has uploaded unheard when a message goes', async () => {
  const { app, room, uploads, uploaded, kept } = await page();
  await uploaded('a.txt');
  const there: DraftFile = { attachment: { id: 'there', name: 'there.txt' }, until: Date.now() + HOUR_MS };
  app.drafts.keepFiles('r', files => [...files, there]);
  assert.deepEqual([uploads.take(room).map(({ id }) => id), kept()], [['id of a.txt'], [there]]);
});

/** Lets pictures be looked at as in a browser, once it is time. */
function looksAtPictures(t: TestContext, time = Promise.resolve(), canDraw = true): void {
  const ignored = (): void => undefined;
  const canvas = { width: 0, height: 0, getContext: () => canDraw ? { fillRect: ignored, drawImage: ignored } : null, toDataURL: () => `data:image/jpeg,${canvas.width}x${canvas.height}` };
  const createImageBitmap = async (): Promise<unknown> => {
    await time;
    return { width: 400, height: 200, close: ignored };
  };
  for (const [name, value] of Object.entries({ createImageBitmap, document: { createElement: () => canvas } })) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => Reflect.deleteProperty(globalThis, name));
  }
}

test('keeps nothing of a picture whose upload ends while somebody signs out', async t => {
  const time = Promise.withResolvers<void>();
  looksAtPictures(t, time.promise);
  const { app, uploaded } = await page();
  await uploaded('a.png');
  await app.signOut();
  time.resolve();
  await settled();
  assert.equal(localStorage.length, 0);
});

test('keeps nothing of a picture that is taken out while it is looked at', async t => {
  const time = Promise.withResolvers<void>();
  looksAtPictures(t, time.promise);
  const { room, uploads, uploaded, kept } = await page();
  await uploaded('a.png');
  uploads.remove(room, uploads.of(room)[0]!);
  time.resolve();
  await settled();
  assert.deepEqual(kept(), []);
});

test('keeps with a picture how large it is, and what it looks like in small', async t => {
  looksAtPictures(t);
  await (await page()).uploaded('a.png');
  const { room, uploads } = await page();
  const [{ preview, attachment }] = uploads.of(room) as [ReturnType<typeof uploads.of>[number]];
  assert.deepEqual([preview, attachment?.width, attachment?.height, attachment?.preview], ['data:image/jpeg,80x40', 400, 200, 'data:image/jpeg,80x40']);
});

test('keeps with a picture how large it is where there is no memory to draw it', async t => {
  looksAtPictures(t, Promise.resolve(), false);
  const { uploaded, kept } = await page();
  await uploaded('a.png');
  assert.deepEqual(kept().map(({ attachment: { width, height, preview } }) => [width, height, preview]), [[400, 200, undefined]]);
});

test('takes out what was not sent for so long that the service has forgotten it, and says so', async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const before = await page();
  await before.uploaded('old.txt');
  mock.timers.tick(22 * HOUR_MS);
  await before.uploaded('new.txt');
  assert.deepEqual([(await page()).shown().length, (await page()).texts], [2, []]);
  mock.timers.tick(HOUR_MS);
  const { shown, kept, texts } = await page();
  assert.deepEqual([shown(), kept().length], [[['new.txt', 'id of new.txt']], 1]);
  assert.deepEqual(texts, ['These files were not sent in time, and have to be added again: old.txt']);
  assert.deepEqual((await page()).texts, [], 'once');
});

test('forgets what was to be sent in a room that somebody is not in any more', async () => {
  const { app, uploaded, world } = await page();
  app.drafts.keep('r', { text: 'hi' });
  await uploaded('a.txt');
  world.socket.push({ room: { change: 'removed', room: 'r' } });
  assert.equal(localStorage.getItem(DRAFT), null);
});

test('has in all windows what is uploaded in one of them, and sent or taken out in another', async () => {
  const { app, room, uploads, uploaded, shown } = await page();
  app.on('draft', () => uploads.renew(room));
  app.open(room);
  await uploaded('a.txt');
  uploads.add(room, [new File(['x'], 'on its way.txt')]);
  const file = { attachment: { id: 'there', name: 'there.txt' }, until: Date.now() + HOUR_MS };
  elsewhere(DRAFT, JSON.stringify({ text: 'hi', files: [...app.drafts.of('r').files ?? [], file] }));
  assert.deepEqual(shown(), [['a.txt', 'id of a.txt'], ['on its way.txt', undefined], ['there.txt', 'there']]);
  elsewhere(DRAFT, null);
  assert.deepEqual(shown(), [['on its way.txt', undefined]]);
  await settled();
  assert.deepEqual(shown(), [['on its way.txt', 'id of on its way.txt']]);
});
