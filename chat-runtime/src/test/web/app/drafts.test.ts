import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, message } from '../client/scripted.ts';
import { appOf } from './app.ts';
import { elsewhere } from './browser.ts';

const { Drafts, together } = await import('../../../main/web/app/model/drafts.ts');

const ignored = (): void => undefined;

test('leaves alone what another window writes in other rooms', () => {
  const [here, there] = [new Drafts('two', ignored), new Drafts('two', ignored)];
  here.keep('r', { text: 'for r' });
  there.keep('q', { text: 'for q' });
  here.keep('r', { text: 'more for r' });
  assert.deepEqual([here.of('q').text, there.of('r').text], ['for q', 'more for r']);
});

test('tells for which room another window has written, and of no other user', () => {
  const told: string[] = [];
  const drafts = new Drafts('al/ice', room => told.push(room));
  drafts.keep('r', { text: 'hi' });
  elsewhere('draft/al%2Fice/r', '{"text":"hi there"}');
  elsewhere('draft/al/ice/r', '{"text":"of al"}');
  assert.deepEqual([told, drafts.of('r').text], [['r'], 'hi there']);
});

test('has nothing for a room in which nothing is left, and for nobody who has signed out', () => {
  const drafts = new Drafts('gone', ignored);
  drafts.keep('r', { text: '', replyTo: 4 });
  drafts.keep('q', { text: ' ' });
  assert.deepEqual([drafts.has('r'), drafts.has('q')], [true, false]);
  drafts.forget();
  assert.deepEqual([drafts.has('r'), drafts.of('r')], [false, { text: '' }]);
});

test('shows what was typed last, wherever that was', () => {
  assert.equal(together('hel', 'hello', false), 'hello');
  assert.equal(together('hello', 'bye', false), 'bye');
  assert.equal(together('hello', '', false), '');
});

test('takes nothing away that is being typed, and puts the rest below it', () => {
  assert.equal(together('hel', 'hello', true), 'hello');
  assert.equal(together('helx', 'hello', true), 'helx\nhello');
  assert.equal(together('hello', 'hel', true), 'hello');
  assert.equal(together('hello', '', true), 'hello');
});

test('answers in all windows what is answered in one of them', async () => {
  const { app, client, world } = await appOf([entry()]);
  world.socket.push({ push: { room: 'r', events: [message(1)] } });
  const room = client.rooms.get('r')!;
  app.open(room);
  const told: string[] = [];
  app.on('draft', ({ id }) => told.push(id));
  elsewhere(`draft/${client.user}/r`, '{"text":"","replyTo":1}');
  assert.deepEqual([app.composing.kind, told], ['reply', ['r']]);
  app.compose({ kind: 'edit', message: room.timeline.message(1)!, text: 'text 1' });
  elsewhere(`draft/${client.user}/r`, null);
  assert.equal(app.composing.kind, 'edit');
});

test('goes on with an edit when its room is opened again, and after it with the answer that was begun before', async () => {
  const { app, client, world } = await appOf([entry(), entry({ room: 'q' })]);
  world.socket.push({ push: { room: 'r', events: [message(1), message(2)] } });
  const [r, q] = ['r', 'q'].map(id => client.rooms.get(id)!);
  app.open(r!);
  app.drafts.keep('r', { text: 'yes', replyTo: 1 });
  app.compose({ kind: 'edit', message: r!.timeline.message(2)!, text: 'text 2' });
  assert.ok(app.composing.kind === 'edit');
  app.composing.text = 'text two';
  app.open(q!);
  assert.equal(app.composing.kind, 'new');
  app.open(r!);
  assert.ok(app.composing.kind === 'edit' && app.composing.text === 'text two');
  app.compose({ kind: 'new' });
  assert.ok(app.composing.kind === 'reply' && app.composing.to.seq === 1);
  app.compose({ kind: 'new' });
  assert.equal(app.composing.kind, 'new');
  app.drafts.forget();
});

test('leaves alone what is written in another room once an edit is stored', async () => {
  const { app, client, world } = await appOf([entry(), entry({ room: 'q' })]);
  world.socket.push({ push: { room: 'r', events: [message(1)] } });
  world.socket.push({ push: { room: 'q', events: [message(1)] } });
  const [r, q] = ['r', 'q'].map(id => client.rooms.get(id)!);
  app.open(r!);
  const edit = { kind: 'edit', message: r!.timeline.message(1)!, text: 'better' } as const;
  app.compose(edit);
  app.open(q!);
  app.compose({ kind: 'reply', to: q!.timeline.message(1)! });
  app.end(edit, r!);
  assert.equal(app.composing.kind, 'reply');
  app.open(r!);
  assert.equal(app.composing.kind, 'new');
});

test('leaves alone what is begun in the same room until an edit is stored', async () => {
  const { app, client, world } = await appOf([entry(), entry({ room: 'q' })]);
  world.socket.push({ push: { room: 'r', events: [message(1), message(2)] } });
  const [r, q] = ['r', 'q'].map(id => client.rooms.get(id)!);
  const [first, second] = [1, 2].map(seq => ({ kind: 'edit', message: r!.timeline.message(seq)!, text: 'better' }) as const);
  app.open(r!);
  app.compose(first!);
  app.compose({ kind: 'reply', to: second!.message });
  app.end(first!, r!);
  assert.equal(app.composing.kind, 'reply');
  app.compose(first!);
  app.compose(second!);
  app.end(first!, r!);
  assert.equal(app.composing, second);
  app.open(q!);
  app.end(first!, r!);
  app.open(r!);
  assert.equal(app.composing, second);
  app.end(second!, r!);
  assert.equal(app.composing.kind, 'new');
});

test('takes over once what was written under the former key', () => {
  new Drafts('for/mer', ignored).keep('q', { text: 'newer' });
  localStorage.setItem('drafts/for/mer', '{"r":{"text":"hi","replyTo":2},"q":{"text":"older"}}');
  const drafts = new Drafts('for/mer', ignored);
  assert.deepEqual([drafts.of('r'), drafts.of('q').text], [{ text: 'hi', replyTo: 2 }, 'newer']);
  assert.equal(localStorage.getItem('drafts/for/mer'), null);
});

test('answers what another window answers of which this one was told nothing', async () => {
  const { app, client, world } = await appOf([entry()]);
  world.socket.push({ push: { room: 'r', events: [message(1)] } });
  const room = client.rooms.get('r')!;
  app.open(room);
  localStorage.setItem(`draft/${client.user}/r`, '{"text":"","replyTo":1}');
  app.renew(room);
  assert.equal(app.composing.kind, 'reply');
  app.drafts.forget();
});
