import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Room } from '../../../main/web/client/index.ts';
import { comeBack, entry, message, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';
import { elsewhere } from './browser.ts';

const { Edit } = await import('../../../main/web/app/model/edit.ts');

type Edit = InstanceType<typeof Edit>;

afterEach(() => localStorage.clear());

/** Somebody in two rooms of two messages each, of which the first is open. */
async function writer() {
  const { app, client, world } = await appOf([entry(), entry({ room: 'q' })]);
  for (const room of ['r', 'q']) world.socket.push({ push: { room, events: [message(1, { from: 'alice' }), message(2, { from: 'alice' })] } });
  const [r, q] = ['r', 'q'].map(id => client.rooms.get(id)!) as [Room, Room];
  app.open(r);
  const begun = (room: Room, seq: number, text: string): Edit => Object.assign(new Edit(room.timeline.message(seq)!), { text });
  return { app, client, world, writing: app.writing, r, q, begun };
}

test('answers in all windows what is answered in one of them', async () => {
  const { app, client, writing, r, begun } = await writer();
  const told: string[] = [];
  app.on('draft', ({ id }) => told.push(id));
  elsewhere(`draft/${client.user}/r`, '{"text":"","replyTo":1}');
  assert.deepEqual([writing.composing.kind, told], ['reply', ['r']]);
  writing.compose(begun(r, 1, 'better'));
  elsewhere(`draft/${client.user}/r`, null);
  assert.equal(writing.composing.kind, 'edit');
});

test('answers what another window answers of which this one was told nothing', async () => {
  const { app, client, writing, r } = await writer();
  localStorage.setItem(`draft/${client.user}/r`, '{"text":"","replyTo":1}');
  app.renew(r);
  assert.equal(writing.composing.kind, 'reply');
});

test('goes on with an edit when its room is opened again, and after it with the answer that was begun before', async () => {
  const { app, writing, r, q, begun } = await writer();
  app.drafts.keep('r', { text: 'yes', replyTo: 1 });
  const edit = begun(r, 2, 'text two');
  writing.compose(edit);
  app.open(q);
  assert.equal(writing.composing.kind, 'new');
  app.open(r);
  assert.equal(writing.composing, edit);
  writing.compose({ kind: 'new' });
  assert.deepEqual([writing.composing, writing.answered?.seq], [{ kind: 'reply', to: 1 }, 1]);
  writing.compose({ kind: 'new' });
  assert.equal(writing.composing.kind, 'new');
});

test('ends an edit once it is saved, and at once when nothing is changed', async () => {
  const { world, writing, r, begun } = await writer();
  const edit = begun(r, 1, ' better ');
  writing.compose(edit);
  const saved = writing.save(edit, r);
  await settled();
  assert.deepEqual([writing.composing, world.socket.last('edit')['edit']], [edit, { room: 'r', seq: 1, text: 'better' }]);
  world.socket.answer('edit', {});
  await saved;
  assert.equal(writing.composing.kind, 'new');
  const same = begun(r, 2, 'text 2');
  writing.compose(same);
  void writing.save(same, r);
  await settled();
  assert.deepEqual([writing.composing.kind, world.socket.all('edit').length], ['new', 1]);
});

test('keeps what is written on in an edit while it is being saved, as a change of what is saved then', async () => {
  const { app, world, writing, r, q, begun } = await writer();
  const edit = begun(r, 1, 'better');
  writing.compose(edit);
  const saved = writing.save(edit, r);
  await settled();
  writing.write('better still');
  app.open(q);
  world.socket.answer('edit', { seq: 3 });
  await saved;
  app.open(r);
  assert.equal(writing.composing, edit);
  assert.deepEqual([edit.text, edit.was], ['better still', 'better']);
});

test('saves an edit after what was saved of it before, also when that puts back what was there first', async () => {
  const { world, writing, r, begun } = await writer();
  const edit = begun(r, 1, 'better');
  writing.compose(edit);
  const first = writing.save(edit, r);
  await settled();
  writing.write('text 1');
  const second = writing.save(edit, r);
  await settled();
  assert.equal(world.socket.all('edit').length, 1);
  world.socket.answer('edit', {});
  await first;
  await settled();
  assert.deepEqual([writing.composing, world.socket.last('edit')['edit']], [edit, { room: 'r', seq: 1, text: 'text 1' }]);
  world.socket.answer('edit', {});
  await second;
  assert.equal(writing.composing.kind, 'new');
});

test('goes on with an edit when somebody wants to edit the same message again', async () => {
  const { writing, r, begun } = await writer();
  const edit = begun(r, 1, 'better');
  writing.compose(edit);
  writing.compose(begun(r, 1, 'text 1'));
  assert.equal(writing.composing, edit);
  const other = begun(r, 2, 'text 2');
  writing.compose(other);
  assert.equal(writing.composing, other);
});

test('takes a text for saved that only ends otherwise, or ends its lines otherwise', async () => {
  const { world, writing, r } = await writer();
  world.socket.push({ push: { room: 'r', events: [message(3, { from: 'alice', text: 'one\r\ntwo \n' })] } });
  const edit = new Edit(r.timeline.message(3)!);
  writing.compose(edit);
  writing.write('one\ntwo');
  assert.equal(edit.isSaved, true);
  await writing.save(edit, r);
  assert.deepEqual([writing.composing.kind, world.socket.all('edit').length], ['new', 0]);
});

test('keeps an edit that is refused, and saves it when somebody tries again', async () => {
  const { world, writing, r, begun } = await writer();
  const edit = begun(r, 1, 'better');
  writing.compose(edit);
  const refused = writing.save(edit, r);
  await settled();
  world.socket.refuse('edit', 'unavailable', true);
  await assert.rejects(refused);
  assert.deepEqual([writing.composing, edit.text, edit.isSaved], [edit, 'better', false]);
  const saved = writing.save(edit, r);
  await settled();
  world.socket.answer('edit', {});
  await saved;
  assert.equal(writing.composing.kind, 'new');
});

test('keeps an edit that is saved without a connection, also over a reload, and saves it when somebody tries again with one', async () => {
  const { world, writing, r, begun } = await writer();
  const edit = begun(r, 1, 'better');
  writing.compose(edit);
  world.socket.drop();
  await assert.rejects(writing.save(edit, r), { code: 'disconnected' });
  assert.deepEqual([writing.composing, writing.text], [edit, 'better']);
  const next = await writer();
  assert.ok(next.writing.composing.kind === 'edit');
  const saved = next.writing.save(next.writing.composing, next.r);
  await settled();
  assert.deepEqual(next.world.socket.last('edit')['edit'], { room: 'r', seq: 1, text: 'better' });
  next.world.socket.answer('edit', { seq: 3 });
  await saved;
  assert.equal(next.writing.composing.kind, 'new');
});

test('leaves alone what is written in another room once an edit is saved', async () => {
  const { app, world, writing, r, q, begun } = await writer();
  const edit = begun(r, 1, 'better');
  writing.compose(edit);
  const saved = writing.save(edit, r);
  app.open(q);
  writing.compose({ kind: 'reply', to: 1 });
  await settled();
  world.socket.answer('edit', {});
  await saved;
  assert.equal(writing.composing.kind, 'reply');
  app.open(r);
  assert.equal(writing.composing.kind, 'new');
});

test('leaves alone what is begun in the same room until an edit is saved', async () => {
  const { app, world, writing, r, q, begun } = await writer();
  const [first, second] = [begun(r, 1, 'better'), begun(r, 2, 'good')];
  writing.compose(first);
  const saved = writing.save(first, r);
  writing.compose({ kind: 'reply', to: 2 });
  await settled();
  writing.compose(second);
  world.socket.answer('edit', {});
  await saved;
  assert.equal(writing.composing, second);
  app.open(q);
  void writing.save(first, r);
  await settled();
  app.open(r);
  assert.equal(writing.composing, second);
});

test('knows whether changes would be lost with the page, and asks nobody about them who has signed out or is in the room no more', async t => {
  const { client, world, writing, r, q, begun, app } = await writer();
  writing.compose(begun(r, 1, 'better'));
  assert.equal(writing.isUnsaved, false);
  t.mock.method(localStorage, 'setItem', () => { throw new DOMException('full', 'QuotaExceededError'); });
  writing.write('text 1');
  assert.equal(writing.isUnsaved, false, 'nothing is changed');
  writing.write('better still');
  assert.equal(writing.isUnsaved, true);
  app.open(q);
  assert.equal(writing.isUnsaved, true);
  world.socket.push({ room: { ...entry(), change: 'removed' } });
  assert.equal(writing.isUnsaved, false);
  writing.compose(begun(q, 1, 'better'));
  assert.equal(writing.isUnsaved, true);
  await client.stop();
  assert.equal(writing.isUnsaved, false);
});

test('answers what the device does not know, and asks for it once', async () => {
  const { app, client, world } = await appOf([entry({ tail: 500 })]);
  const { writing } = app;
  app.drafts.keep('r', { text: 'yes', replyTo: 100 });
  app.open(client.rooms.get('r')!);
  assert.deepEqual([writing.composing, writing.answered], [{ kind: 'reply', to: 100 }, undefined]);
  elsewhere(`draft/${client.user}/r`, '{"text":"yes, please","replyTo":100}');
  assert.deepEqual(world.socket.all('history').map(({ history }) => history), [{ room: 'r', after: 70, limit: 60 }]);
  const told: string[] = [];
  client.on('messages', ({ room }) => told.push(room.id));
  world.socket.answer('history', { events: [message(71), message(100)], more: true });
  await settled();
  assert.deepEqual([writing.answered?.text, told], ['text 100', ['r']]);
});

test('asks again with the next connection for what is answered', async () => {
  const { app, client, world } = await appOf([entry({ tail: 500 })]);
  app.drafts.keep('r', { text: '', replyTo: 100 });
  app.open(client.rooms.get('r')!);
  await settled();
  world.socket.drop();
  await comeBack(world, [entry({ tail: 500 })]);
  const asked = world.socket.all('history').filter(({ history }) => history?.['after'] === 70);
  assert.deepEqual([asked.length, app.writing.composing], [1, { kind: 'reply', to: 100 }]);
});
