import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { comeBack, entry, message, push, settled } from '../client/scripted.ts';
import { elsewhere } from './browser.ts';
import { changed, deletion, GONE, keep, mine, page, PLACE } from './edit-page.ts';

afterEach(() => localStorage.clear());

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
  world.socket.push(changed(1, 'better'));
  assert.deepEqual(isAbout(), ['edit', 1, 'better']);
  world.socket.answer('edit', {});
  await saved;
  assert.deepEqual(isAbout(), ['new', '']);
});

test('says after a reload of an edit that its message was deleted meanwhile', async () => {
  keep(2, 'text 2', 'better');
  const { isAbout, texts } = await page([mine(1), message(2, { from: 'alice', deleted: true }), mine(3)]);
  assert.deepEqual([isAbout(), texts()], [['edit', 2, 'better'], [GONE]]);
});

test('ends an edit that changes nothing when its message is deleted, and says so', async () => {
  const { world, change, isAbout, texts } = await page();
  change(2, 'text 2');
  world.socket.push(deletion(2));
  assert.deepEqual([isAbout(), texts(), localStorage.getItem(PLACE + 2)], [['new', ''], [GONE], null]);
});

test('leaves to who writes it an edit whose message is deleted, and says so once', async () => {
  const { world, writing, room, change, isAbout, texts } = await page();
  change(2, 'better');
  world.socket.push(deletion(2));
  writing.write('better still');
  world.socket.push(push([message(5)]));
  assert.deepEqual([isAbout(), texts()], [['edit', 2, 'better still'], [GONE]]);
  assert.ok(writing.composing.kind === 'edit');
  const refused = writing.save(writing.composing, room);
  await settled();
  world.socket.refuse('edit', 'not_found', false);
  await assert.rejects(refused);
  assert.deepEqual(isAbout(), ['edit', 2, 'better still']);
});

for (const [what, turned] of [['cancelled', { kind: 'new' }], ['left for an answer', { kind: 'reply', to: 3 }]] as const) {
  test(`ends an edit whose message was deleted once it is ${what}, and says no more of it`, async () => {
    const { world, writing, room, change, isAbout, texts } = await page();
    const refused = writing.save(change(2, 'better'), room);
    await settled();
    world.socket.push(deletion(2));
    world.socket.refuse('edit', 'not_found', false);
    await assert.rejects(refused);
    world.socket.push(push([message(5)]));
    writing.compose(turned);
    world.socket.push(push([message(6)]));
    assert.deepEqual([isAbout(), texts(), localStorage.getItem(PLACE + 2)], [[turned.kind, ''], [GONE], null]);
  });
}

test('ends an edit that was saved without the page hearing of it', async () => {
  keep(2, 'text 2', 'better');
  const { isAbout, told } = await page([mine(1), mine(2, 'better')]);
  assert.deepEqual([isAbout(), told], [['new', ''], []]);
});

test('does not take an edit that changes nothing for one that was saved', async () => {
  keep(2, 'text 2', 'text 2');
  assert.deepEqual((await page()).isAbout(), ['edit', 2, 'text 2']);
});

for (const [when, begun] of [
  ['meanwhile', async () => {
    const opened = await page();
    opened.change(1, 'better');
    opened.world.socket.push(changed(1, 'changed elsewhere'));
    return opened;
  }],
  ['before a reload', async () => {
    keep(1, 'text 1', 'better');
    return page([mine(1, 'changed elsewhere')]);
  }],
] as [string, () => ReturnType<typeof page>][]) {
  test(`saves a text that is put back after another device has changed the message ${when}`, async () => {
    const { writing, world, room } = await begun();
    writing.write('text 1');
    assert.ok(writing.composing.kind === 'edit');
    assert.deepEqual([writing.composing.was, writing.composing.isSaved], ['changed elsewhere', false]);
    const saved = writing.save(writing.composing, room);
    await settled();
    assert.equal(world.socket.last('edit')['edit']?.['text'], 'text 1');
    world.socket.answer('edit', { seq: 5 });
    await saved;
    assert.equal(writing.composing.kind, 'new');
  });
}

for (const [when, there] of [
  ['', async opened => opened],
  [', also after a reload', () => page()],
] as [string, (opened: Awaited<ReturnType<typeof page>>) => ReturnType<typeof page>][]) {
  test(`takes nothing for saved that only fits what the room told before the last change${when}`, async () => {
    const before = await page();
    const saved = before.writing.save(before.change(1, 'better'), before.room);
    await settled();
    before.writing.write('text 1');
    before.world.socket.answer('edit', { seq: 4 });
    await saved;
    const { writing, world, room, isAbout } = await there(before);
    world.socket.push(push([]));
    assert.deepEqual(isAbout(), ['edit', 1, 'text 1']);
    world.socket.push(changed(1, 'better'));
    assert.ok(writing.composing.kind === 'edit');
    void writing.save(writing.composing, room);
    await settled();
    assert.equal(world.socket.last('edit')['edit']?.['text'], 'text 1');
  });
}

for (const [what, found, said] of [
  ['goes on with it where it is there', [mine(100)], []],
  ['says so where it is of somebody else', [message(100)], [GONE]],
  ['says so where it is not there', [mine(99), mine(101)], [GONE]],
] as const) {
  test(`asks for the message of an edit that the device does not know, and ${what}`, async () => {
    keep(100, 'text 100', 'better');
    const { world, isAbout, texts } = await page([], [entry({ tail: 500 })]);
    assert.deepEqual(isAbout(), ['edit', 100, 'better']);
    assert.deepEqual(world.socket.all('history').map(({ history }) => history), [{ room: 'r', after: 70, limit: 60 }]);
    world.socket.answer('history', { events: [mine(71), ...found], more: true });
    await settled();
    assert.deepEqual([isAbout(), texts()], [['edit', 100, 'better'], said]);
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
