import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from '../client/scripted.ts';
import { elsewhere } from './browser.ts';
import { changed, deletion, GONE, page, PLACE } from './edit-page.ts';

afterEach(() => localStorage.clear());

for (const [what, turn] of [
  ['a reply', page => page.writing.compose({ kind: 'reply', to: 3 })],
  ['an edit of another message', page => page.change(3, 'good')],
  ['another room', page => page.app.open(page.client.rooms.get('q')!)],
] as [string, (opened: Awaited<ReturnType<typeof page>>) => unknown][]) {
  test(`keeps an edit that is refused after somebody has turned to ${what}, says so and leads back`, async () => {
    const opened = await page();
    const { app, room, isAbout, told, texts, refusedAfter } = opened;
    let begun;
    await refusedAfter(() => {
      turn(opened);
      begun = isAbout();
    });
    assert.deepEqual([isAbout(), texts()], [begun, ['Your change “better” was not saved: The chat cannot do that now. Please try again later.']]);
    told[0]!.action!.run();
    assert.deepEqual([app.current, isAbout(), told.length], [room, ['edit', 1, 'better'], 1]);
    assert.deepEqual((await page()).isAbout(), ['edit', 1, 'better']);
  });
}

test('leads to the room alone where an edit has ended before somebody wants to go on with it', async () => {
  const { app, client, writing, world, room, isAbout, told, refusedAfter } = await page();
  await refusedAfter(() => writing.compose({ kind: 'reply', to: 3 }));
  world.socket.push(changed(1, 'better'));
  app.open(client.rooms.get('q')!);
  told[0]!.action!.run();
  assert.deepEqual([app.current, isAbout(), (await page()).told], [room, ['reply', ''], []]);
});

for (const [where, goOn] of [
  ['', () => undefined],
  [', also in another room', ({ app, client }) => app.open(client.rooms.get('q')!)],
] as [string, (opened: Awaited<ReturnType<typeof page>>) => unknown][]) {
  for (const [what, happens] of [
    ['its message shows it', ({ world }) => world.socket.push(changed(1, 'better'))],
    ['another window has saved it', () => elsewhere(PLACE + 1, null)],
    ['the person is in the room no more', ({ world }) => world.socket.push({ room: { change: 'removed', room: 'r' } })],
  ] as [string, (opened: Awaited<ReturnType<typeof page>>) => unknown][]) {
    test(`takes back that an edit was not saved once ${what}${where}`, async () => {
      const opened = await page();
      await opened.refusedAfter(() => opened.writing.compose({ kind: 'reply', to: 3 }));
      goOn(opened);
      assert.deepEqual(opened.takenBack, []);
      happens(opened);
      assert.deepEqual(opened.takenBack, [opened.told[0]]);
    });
  }
}

test('takes back that an edit was not saved once somebody goes on with it', async () => {
  const { change, writing, told, takenBack, refusedAfter } = await page();
  await refusedAfter(() => writing.compose({ kind: 'reply', to: 3 }));
  change(2, 'good');
  assert.deepEqual(takenBack, []);
  change(1, 'better still');
  assert.deepEqual(takenBack, [told[0]]);
});

test('takes back that an edit was not saved once it is', async () => {
  const { app, client, writing, world, room, change, told, takenBack } = await page();
  const edit = change(1, 'better');
  const refused = writing.save(edit, room);
  await settled();
  app.open(client.rooms.get('q')!);
  world.socket.refuse('edit', 'unavailable', true);
  await refused;
  const again = writing.save(edit, room);
  await settled();
  world.socket.answer('edit', { seq: 4 });
  await again;
  assert.deepEqual(takenBack, [told[0]]);
});

test('calls an edit that leaves nothing by what its message said', async () => {
  const { writing, texts, refusedAfter } = await page();
  await refusedAfter(() => {
    writing.write('');
    writing.compose({ kind: 'reply', to: 3 });
  });
  assert.match(texts()[0]!, /^Your change “text 1” was not saved/);
});

test('tells last of a room that is opened what can be done about', async () => {
  const { app, client, writing, room, texts, told, refusedAfter } = await page();
  await refusedAfter(() => writing.compose({ kind: 'reply', to: 3 }));
  app.on('current', () => app.tell('of the room'));
  app.open(client.rooms.get('q')!);
  told.length = 0;
  app.open(room);
  assert.deepEqual(texts(), ['of the room', 'Your change “better” is not saved yet.']);
});

test('offers no edit where it has just said that a message is not there any more', async () => {
  const { app, client, writing, world, room, change, texts, told, refusedAfter } = await page();
  await refusedAfter(() => writing.compose({ kind: 'reply', to: 3 }));
  change(2, 'good');
  app.open(client.rooms.get('q')!);
  world.socket.push(deletion(2));
  told.length = 0;
  app.open(room);
  assert.deepEqual(texts(), [GONE]);
});

test('keeps what is written of an answer while somebody goes back to an edit', async () => {
  const { writing, isAbout, told, refusedAfter } = await page();
  await refusedAfter(() => {
    writing.compose({ kind: 'reply', to: 3 });
    writing.write('an answer');
  });
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
