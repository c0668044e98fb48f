import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../../main/web/client/storage.ts';
import { clientOf, comeBack, comeBackLate, entry, events, live, message, mine, ScriptedWorld, settled } from './scripted.ts';

test('looks up what waited for long, though it did not try it: another window may have sent it', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const other = await live(world, [entry()], { storage });
  other.network(false);
  const sent = other.send('r', 'hello');
  await settled();
  const client = clientOf(world, { storage, user: 'alice' });
  await client.start();
  await settled();
  await comeBackLate(world, client);
  assert.deepEqual(world.socket.last('history')['history'], { room: 'r', after: 0, limit: 200 });
  world.socket.answer('history', { events: [...events(1, 4), mine(5, sent.clientMessageId, 'hello')], more: true });
  await settled();
  assert.equal(world.socket.all('send').length, 0);
  assert.equal(client.outbox.size, 0);
});

test('looks up all that waited in a room at once, and sends the others without looking again', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  client.network(false);
  const [one, two, three] = ['one', 'two', 'three'].map(text => client.send('r', text).clientMessageId);
  await comeBackLate(world, client);
  world.socket.answer('history', { events: [mine(1, one!, 'one'), ...events(2, 200)], more: true });
  await settled();
  world.socket.answer('history', { events: [mine(201, three!, 'three')], more: false });
  await settled();
  world.socket.refuse('send', 'unavailable', true);
  await world.pass(5_000);
  assert.deepEqual(world.socket.all('send').map(({ send }) => send!['clientMessageId']), [two, two]);
  assert.deepEqual(world.socket.all('history').map(({ history }) => history!['after']), [0, 200]);
});

test('looks up again from where it has looked when it waited for long once more', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  client.network(false);
  client.send('r', 'hello');
  await comeBackLate(world, client);
  world.socket.answer('history', { events: events(1, 150), more: false });
  await settled();
  await comeBackLate(world, client);
  assert.equal(world.socket.last('history')['history']!['after'], 150);
});

test('goes on with an interrupted look-up where it was', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  client.network(false);
  client.send('r', 'hello');
  await comeBackLate(world, client);
  world.socket.answer('history', { events: events(1, 200), more: true });
  await settled();
  world.socket.refuse('history', 'rate_limited', true);
  await world.pass(5_000);
  assert.deepEqual(world.socket.all('history').map(({ history }) => history!['after']), [0, 200, 200]);
});

test('takes a message of an earlier release for one that may have been tried', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  await storage.set('alice/outbox/x', { room: 'r', clientMessageId: 'x', text: 'old', attachments: [], createdAt: world.now() - 3_600_000, state: 'queued' });
  await live(world, [entry()], { storage });
  assert.equal(world.socket.all('history').length, 1);
  assert.equal(world.socket.all('send').length, 0);
});

test('sends what a window has left that is not there any more, and leaves the others theirs', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const client = await live(world, [entry()], { storage });
  client.send('r', 'own');
  world.socket.drop();
  const keep = (clientMessageId: string, more: object = {}): Promise<void> => storage.set('alice/outbox/' + clientMessageId,
    { room: 'r', clientMessageId, text: clientMessageId, attachments: [], createdAt: world.now(), state: 'queued', triedAfter: 0, triedAt: world.now(), ...more });
  await keep('left', { state: 'sending' });
  await keep('refused', { state: 'failed' });
  await comeBack(world, [entry()]);
  world.socket.answer('send', { seq: 1, time: 1, duplicate: false });
  await world.pass(29_000);
  assert.deepEqual(client.outbox.of('r'), []);
  await keep('new');
  await world.pass(2_000);
  assert.deepEqual(client.outbox.of('r').map(({ clientMessageId, state }) => [clientMessageId, state]), [['left', 'sending']]);
  assert.equal(world.socket.last('send')['send']!['clientMessageId'], 'left');
});

test('does not take up again what was given up while the device was slow to forget it', async () => {
  const storage = new MemoryStorage();
  storage.remove = () => new Promise(() => undefined);
  const world = new ScriptedWorld();
  const client = await live(world, [entry()], { storage });
  world.socket.drop();
  client.outbox.discard(client.send('r', 'no').clientMessageId);
  await comeBack(world, [entry()]);
  await world.pass(40_000);
  assert.equal(world.socket.all('send').length, 0);
  assert.equal(client.outbox.size, 0);
});
