import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { ChatEvent, RoomEntry } from '../../../main/web/client/index.ts';
import { comeBack, entry, message, push, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';
import { elsewhere } from './browser.ts';

const { Edit } = await import('../../../main/web/app/model/edit.ts');

const PLACE = 'edit/alice/r/';

afterEach(() => localStorage.clear());

const mine = (seq: number, text = `text ${seq}`): ChatEvent => message(seq, { from: 'alice', text });

/** A page that somebody has just loaded, with a room of these messages open; what was kept on the device is there. */
async function page(events: ChatEvent[] = [mine(1), mine(2), mine(3)], rooms: RoomEntry[] = [entry(), entry({ room: 'q' })]) {
  const { app, client, world } = await appOf(rooms);
  const told: { text: string; action?: { run(): void } }[] = [];
  app.on('notice', notice => told.push(notice));
  if (events.length > 0) world.socket.push(push(events));
  const room = client.rooms.get('r')!;
  app.open(room);
  const { writing } = app;
  const change = (seq: number, text: string): InstanceType<typeof Edit> => {
    writing.compose(new Edit(room.timeline.message(seq)!));
    writing.write(text);
    assert.ok(writing.composing.kind === 'edit');
    return writing.composing;
  };
  const isAbout = (): unknown[] => writing.composing.kind === 'edit' ? ['edit', writing.composing.seq, writing.text] : [writing.composing.kind, writing.text];
  return { app, client, world, room, writing, told, change, isAbout, texts: () => told.map(({ text }) => text) };
}

function keep(seq: number, was: string, text: string): void {
  localStorage.setItem(PLACE + seq, JSON.stringify({ was, text, wanted: false, aside: false }));
}

test('goes on with an edit after a reload, and after it with what was begun before', async () => {
  const before = await page();
  before.writing.write('a draft');
  before.change(2, 'better');
  const { writing, isAbout, told } = await page();
  assert.deepEqual([isAbout(), told], [['edit', 2, 'better'], []]);
  writing.compose({ kind: 'new' });
  assert.deepEqual([isAbout(), (await page()).isAbout()], [['new', 'a draft'], ['new', 'a draft']]);
});

test('knows nothing of an edit any more once it is saved', async () => {
  const { writing, world, room, change } = await page();
  const saved = writing.save(change(1, 'better'), room);
  await settled();
  world.socket.answer('edit', {});
  await saved;
  assert.deepEqual((await page()).isAbout(), ['new', '']);
});

test('goes on after a reload with what was written while an edit was being saved, as a change of that', async () => {
  const { writing, world, room, change } = await page();
  const saved = writing.save(change(1, 'better'), room);
  await settled();
  writing.write('text 1');
  world.socket.answer('edit', {});
  await saved;
  const again = await page([mine(1, 'better')]);
  assert.deepEqual(again.isAbout(), ['edit', 1, 'text 1']);
  assert.ok(again.writing.composing.kind === 'edit');
  void again.writing.save(again.writing.composing, again.room);
  await settled();
  assert.equal(again.world.socket.last('edit')['edit']?.['text'], 'text 1');
});

test('waits for the answer to what is being saved, also where the room tells of it before', async () => {
  const { writing, world, room, change, isAbout } = await page();
  const saved = writing.save(change(1, 'better'), room);
  await settled();
  world.socket.push(push([{ seq: 4, time: 4, type: 'edit', from: 'alice', target: 1, text: 'better' }]));
  assert.deepEqual(isAbout(), ['edit', 1, 'better']);
  world.socket.answer('edit', {});
  await saved;
  assert.deepEqual(isAbout(), ['new', '']);
});

test('does not go on with an edit of what was deleted meanwhile, and says so', async () => {
  keep(2, 'text 2', 'better');
  const { isAbout, texts } = await page([mine(1), message(2, { from: 'alice', deleted: true }), mine(3)]);
  assert.deepEqual([isAbout(), texts()], [['new', ''], ['The message that you were changing is not there any more.']]);
  assert.equal(localStorage.getItem(PLACE + 2), null);
});

test('ends an edit when its message is deleted', async () => {
  const { world, change, isAbout, texts } = await page();
  change(2, 'better');
  world.socket.push(push([{ seq: 4, time: 4, type: 'delete', from: 'bob', target: 2 }]));
  assert.deepEqual([isAbout(), texts()], [['new', ''], ['The message that you were changing is not there any more.']]);
});

test('ends an edit that was saved without the page hearing of it', async () => {
  keep(2, 'text 2', 'better');
  const { isAbout, told } = await page([mine(1), mine(2, 'better')]);
  assert.deepEqual([isAbout(), told], [['new', ''], []]);
});

test('does not take an edit that changes nothing for one that was saved', async () => {
  keep(2, 'text 2', 'text 2');
  assert.deepEqual((await page()).isAbout(), ['edit', 2, 'text 2']);
});

for (const [what, found, about] of [
  ['goes on with it where it is there', [mine(100)], ['edit', 100, 'better']],
  ['does not where it is of somebody else', [message(100)], ['new', '']],
  ['does not where it is not there', [mine(99), mine(101)], ['new', '']],
] as const) {
  test(`asks for the message of an edit that the device does not know, and ${what}`, async () => {
    keep(100, 'text 100', 'better');
    const { world, isAbout } = await page([], [entry({ tail: 500 })]);
    assert.deepEqual(isAbout(), ['edit', 100, 'better']);
    assert.deepEqual(world.socket.all('history').map(({ history }) => history), [{ room: 'r', after: 70, limit: 60 }]);
    world.socket.answer('history', { events: [mine(71), ...found], more: true });
    await settled();
    assert.deepEqual(isAbout(), about);
  });
}

test('asks again with the next connection for the message of an edit', async () => {
  keep(100, 'text 100', 'better');
  const { world } = await page([], [entry({ tail: 500 })]);
  world.socket.drop();
  await comeBack(world, [entry({ tail: 500 })]);
  assert.equal(world.socket.all('history').filter(({ history }) => history?.['after'] === 70).length, 1);
});

test('shows in all windows what is written in an edit in one of them, and ends it in all', async () => {
  const { writing, change, isAbout, app } = await page();
  change(2, 'better');
  const shown: unknown[] = [];
  app.on('draft', () => shown.push(writing.text));
  elsewhere(PLACE + 2, '{"was":"text 2","text":"better still","wanted":false,"aside":false}');
  assert.deepEqual([isAbout(), shown], [['edit', 2, 'better still'], ['better still']]);
  elsewhere(PLACE + 3, null);
  assert.deepEqual(isAbout(), ['edit', 2, 'better still']);
  elsewhere(PLACE + 2, null);
  assert.deepEqual(isAbout(), ['new', '']);
});

for (const [what, turn] of [
  ['a reply', page => page.writing.compose({ kind: 'reply', to: 3 })],
  ['an edit of another message', page => page.change(3, 'good')],
  ['another room', page => page.app.open(page.client.rooms.get('q')!)],
] as [string, (opened: Awaited<ReturnType<typeof page>>) => unknown][]) {
  test(`keeps an edit that is refused after somebody has turned to ${what}, says so and leads back`, async () => {
    const opened = await page();
    const { app, writing, world, room, change, isAbout, told, texts } = opened;
    const saved = writing.save(change(1, 'better'), room);
    await settled();
    turn(opened);
    const begun = isAbout();
    world.socket.refuse('edit', 'unavailable', true);
    await saved;
    assert.deepEqual([isAbout(), texts()], [begun, ['Your change “better” was not saved: The chat cannot do that now. Please try again later.']]);
    told[0]!.action!.run();
    assert.deepEqual([app.current, isAbout()], [room, ['edit', 1, 'better']]);
    assert.deepEqual((await page()).isAbout(), ['edit', 1, 'better']);
  });
}

test('keeps what is written of an answer while somebody goes back to an edit', async () => {
  const { writing, world, room, change, isAbout, told } = await page();
  const saved = writing.save(change(1, 'better'), room);
  await settled();
  writing.compose({ kind: 'reply', to: 3 });
  writing.write('an answer');
  world.socket.refuse('edit', 'unavailable', true);
  await saved;
  told[0]!.action!.run();
  writing.compose({ kind: 'new' });
  assert.deepEqual(isAbout(), ['reply', 'an answer']);
});

test('says when a room is opened that an edit was not saved, also after a reload', async () => {
  const { app, client, writing, world, room, change, texts } = await page();
  const saved = writing.save(change(1, 'better'), room);
  await settled();
  writing.compose({ kind: 'reply', to: 3 });
  app.open(client.rooms.get('q')!);
  app.open(room);
  assert.deepEqual(texts(), [], 'it is on its way');
  world.socket.refuse('edit', 'unavailable', true);
  await saved;
  const again = await page();
  assert.deepEqual([again.isAbout(), again.texts()], [['reply', ''], ['Your change “better” is not saved yet.']]);
  again.told[0]!.action!.run();
  again.writing.compose({ kind: 'reply', to: 3 });
  assert.equal((await page()).texts().length, 1, 'it was wanted, and still is');
  again.told[0]!.action!.run();
  again.writing.compose({ kind: 'new' });
  assert.deepEqual((await page()).texts(), []);
});

test('keeps after a reload an edit that was to be saved when somebody turns to something else', async () => {
  const { writing, world, room, change } = await page();
  const refused = writing.save(change(1, 'better'), room);
  await settled();
  world.socket.refuse('edit', 'unavailable', true);
  await assert.rejects(refused);
  const again = await page();
  again.writing.compose({ kind: 'reply', to: 3 });
  assert.deepEqual((await page()).texts(), ['Your change “better” is not saved yet.']);
});

test('keeps that an edit is to be saved also where the page ends before the answer', async () => {
  const { writing, room, change } = await page();
  void writing.save(change(1, 'better'), room);
  const again = await page();
  again.writing.compose({ kind: 'reply', to: 3 });
  assert.deepEqual((await page()).texts(), ['Your change “better” is not saved yet.']);
});

for (const [when, there] of [
  ['', async opened => opened],
  [', also after a reload', page],
] as [string, (opened: Awaited<ReturnType<typeof page>>) => ReturnType<typeof page>][]) {
  test(`puts back what a message said before a change of which nobody knows whether it was saved${when}`, async () => {
    const before = await page();
    const refused = before.writing.save(before.change(1, 'better'), before.room);
    await settled();
    before.world.socket.refuse('edit', 'unavailable', true);
    await assert.rejects(refused);
    const { writing, world, room } = await there(before);
    writing.write('text 1');
    assert.ok(writing.composing.kind === 'edit');
    const saved = writing.save(writing.composing, room);
    await settled();
    assert.equal(world.socket.last('edit')['edit']?.['text'], 'text 1');
    world.socket.answer('edit', {});
    await saved;
    assert.equal(writing.composing.kind, 'new');
  });
}

test('sends a change once that is saved twice', async () => {
  const { writing, world, room, change } = await page();
  const edit = change(1, 'better');
  const saved = [writing.save(edit, room), writing.save(edit, room)];
  await settled();
  world.socket.answer('edit', {});
  await Promise.all(saved);
  assert.deepEqual([world.socket.all('edit').length, writing.composing.kind], [1, 'new']);
});

test('says nothing of an edit that is refused after it was cancelled but why', async () => {
  const { writing, world, room, change, told } = await page();
  const refused = writing.save(change(1, 'better'), room);
  await settled();
  writing.compose({ kind: 'new' });
  world.socket.refuse('edit', 'unavailable', true);
  await assert.rejects(refused);
  assert.deepEqual([told, (await page()).told], [[], []]);
});

test('gives up an edit that nobody has asked to be saved when somebody turns to something else', async () => {
  const { writing, change } = await page();
  change(1, 'better');
  writing.compose({ kind: 'reply', to: 3 });
  const { isAbout, told } = await page();
  assert.deepEqual([isAbout(), told], [['reply', ''], []]);
});

test('forgets the edits of who signs out, and of who is in the room no more', async () => {
  const first = await page();
  first.change(1, 'better');
  first.world.socket.push({ room: { change: 'removed', room: 'r' } });
  assert.equal(localStorage.getItem(PLACE + 1), null);
  const second = await page();
  second.change(1, 'better');
  await second.app.signOut();
  assert.equal(localStorage.getItem(PLACE + 1), null);
  second.writing.write('late');
  assert.equal(localStorage.getItem(PLACE + 1), null, 'nor is any kept later');
});
