import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../../main/web/client/storage.ts';
import { clientOf, comeBack, comeBackLate, connected, entry, events, live, message, mine, push, ScriptedWorld, settled, texts } from './scripted.ts';

test('shows a message at once and gives it up to the room when it is stored', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  assert.deepEqual(client.outbox.of('r').map(unsent => unsent.text), ['hello']);
  await settled();
  assert.deepEqual(world.socket.last('send')['send'], { room: 'r', clientMessageId: sent.clientMessageId, text: 'hello' });
  world.socket.answer('send', { seq: 1, time: 1, duplicate: false }, push([mine(1, sent.clientMessageId, 'hello')]));
  await settled();
  assert.equal(client.outbox.size, 0);
  assert.deepEqual(texts(client), ['hello']);
});

test('does not show a message twice, whichever of push and answer comes first', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  await settled();
  const { id } = world.socket.last('send');
  world.socket.push(push([mine(1, sent.clientMessageId, 'hello')]));
  assert.equal(client.outbox.size, 0);
  world.socket.push({ id, send: { seq: 1, time: 1, duplicate: false } });
  await settled();
  assert.deepEqual(texts(client), ['hello']);
});

test('sends the messages of a room in the order they were written, one after the other', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  ['one', 'two', 'three'].forEach(text => client.send('r', text));
  for (let seq = 1; seq <= 3; seq++) {
    await settled();
    assert.equal(world.socket.all('send').length, seq);
    world.socket.answer('send', { seq, time: 1, duplicate: false });
  }
  assert.deepEqual(world.socket.all('send').map(frame => frame['send']!['text']), ['one', 'two', 'three']);
});

test('repeats an unanswered message under the same id after coming back', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  await settled();
  world.socket.drop();
  await settled();
  assert.equal(client.outbox.of('r')[0]!.state, 'queued');
  await comeBack(world, [entry()]);
  assert.equal(world.socket.last('send')['send']!['clientMessageId'], sent.clientMessageId);
});

test('does not repeat a message that the resumed events confirm', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  await settled();
  world.socket.drop();
  await comeBack(world, [entry({ tail: 1 })], push([mine(1, sent.clientMessageId, 'hello')]));
  await settled();
  assert.equal(client.outbox.size, 0);
  assert.deepEqual(texts(client), ['hello']);
});

test('keeps unsent messages over a reload and sends them under their ids', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const first = await live(world, [entry()], { storage });
  world.socket.drop();
  const sent = [first.send('r', 'one'), first.send('r', 'two')].map(unsent => unsent.clientMessageId);
  await settled();
  const reloaded = clientOf(world, { storage, user: 'alice' });
  await reloaded.start();
  await settled();
  assert.deepEqual(reloaded.outbox.of('r').map(unsent => unsent.text), ['one', 'two']);
  world.socket.accept();
  world.socket.answer('connect', connected([entry()]));
  await settled();
  assert.equal(world.socket.last('send')['send']!['clientMessageId'], sent[0]);
});

test('looks an old attempt up in the history instead of sending it again', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  await settled();
  await comeBackLate(world, client);
  assert.deepEqual(world.socket.last('history')['history'], { room: 'r', after: 0, limit: 200 });
  world.socket.answer('history', { events: [mine(1, sent.clientMessageId, 'hello'), ...events(2, 200)], more: true });
  await settled();
  assert.equal(world.socket.all('send').length, 0);
  assert.equal(client.outbox.size, 0);
});

test('waits as long as the service asks when it is too fast', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  client.send('r', 'hello');
  await settled();
  world.socket.refuse('send', 'rate_limited', true, 3_000);
  await world.pass(2_900);
  assert.equal(world.socket.all('send').length, 1);
  await world.pass(200);
  assert.equal(world.socket.all('send').length, 2);
});

test('says that a message was refused, goes on with the next, and tries again when asked', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const refused = client.send('r', 'one');
  client.send('r', 'two');
  await settled();
  world.socket.refuse('send', 'too_large', false);
  await settled();
  assert.deepEqual(client.outbox.of('r').map(unsent => unsent.state), ['failed', 'sending']);
  assert.equal(client.outbox.of('r')[0]!.problem!.code, 'too_large');
  world.socket.answer('send', { seq: 1, time: 1, duplicate: false });
  await settled();
  client.outbox.retry(refused.clientMessageId);
  await settled();
  assert.equal(world.socket.last('send')['send']!['text'], 'one');
  client.outbox.discard(refused.clientMessageId);
  assert.equal(client.outbox.size, 0);
});

test('sends attachments and the message it answers', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', '', { attachments: [{ id: 'a1', name: 'x.png' }], replyTo: 7 });
  await settled();
  assert.deepEqual(world.socket.last('send')['send'], { room: 'r', clientMessageId: sent.clientMessageId, attachments: ['a1'], replyTo: 7 });
});

test('counts what waits apart from what was refused', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  ['refused', 'one', 'two'].forEach(text => client.send('r', text));
  await settled();
  world.socket.refuse('send', 'too_large', false);
  await settled();
  assert.deepEqual([client.outbox.size, client.outbox.waiting], [3, 2]);
});

test('gives up what was to be sent in a room that the user is not in any more, and says so', async () => {
  for (const leave of [
    async (world: ScriptedWorld) => world.socket.push({ room: { change: 'removed', room: 'r' } }),
    async (world: ScriptedWorld) => { world.socket.drop(); await comeBack(world, []); },
  ]) {
    const storage = new MemoryStorage();
    const world = new ScriptedWorld();
    const client = await live(world, [entry()], { storage });
    const removed: unknown[] = [];
    client.on('removed', ({ room, unsent }) => removed.push([room, unsent.map(({ text }) => text)]));
    ['one', 'two'].forEach(text => client.send('r', text));
    await settled();
    await leave(world);
    await settled();
    assert.deepEqual(removed, [['r', ['one', 'two']]]);
    assert.equal(client.outbox.size, 0);
    assert.deepEqual(await storage.all('alice/outbox/'), []);
  }
});

test('sends on in a room that the connection does not follow, as one of too many', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  world.socket.drop();
  await settled();
  while (world.sockets.length === 1) await world.pass(1_000);
  world.socket.accept();
  world.socket.answer('connect', { ...connected([]) as object, more: true });
  await settled();
  assert.equal(world.socket.last('send')['send']!['clientMessageId'], sent.clientMessageId);
});

test('gives up what an earlier run has left in a room that is not there, once it is refused', async () => {
  const world = new ScriptedWorld();
  const storage = new MemoryStorage();
  const kept = { clientMessageId: 'x', text: 'lost', attachments: [], createdAt: world.now(), state: 'queued' };
  await storage.set('alice/outbox/x', { ...kept, room: 'gone' });
  await storage.set('alice/outbox/y', { ...kept, clientMessageId: 'y', room: 'refused', state: 'failed' });
  const client = clientOf(world, { storage, user: 'alice' });
  const removed: unknown[] = [];
  client.on('removed', ({ room, unsent }) => removed.push([room, unsent.length]));
  await client.start();
  await settled();
  world.socket.accept();
  world.socket.answer('connect', connected([entry()]));
  await settled();
  assert.deepEqual(removed, [['refused', 1]]);
  world.socket.refuse('send', 'not_found', false);
  await settled();
  assert.deepEqual(removed, [['refused', 1], ['gone', 1]]);
  assert.deepEqual(await storage.all('alice/outbox/'), []);
});

test('keeps the order of messages that were written at the same moment over a reload', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  let ids = 9;
  world.id = () => `id${ids--}`;
  const inOrderOfIds = storage.all.bind(storage);
  storage.all = async prefix => (await inOrderOfIds(prefix)).reverse();
  const first = await live(world, [entry()], { storage });
  world.socket.drop();
  ['one', 'two', 'three'].forEach(text => first.send('r', text));
  await settled();
  const reloaded = clientOf(world, { storage, user: 'alice' });
  await reloaded.start();
  assert.deepEqual(reloaded.outbox.of('r').map(({ text }) => text), ['one', 'two', 'three']);
});

test('shows a stored message with the time of the service', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  client.send('r', 'hello');
  await settled();
  world.socket.answer('send', { seq: 1, time: 4_711, duplicate: false });
  await settled();
  assert.equal(client.rooms.get('r')!.lastMessage!.time, 4_711);
});

test('takes a file out of a message that has failed, also on the device, and out of no other', async () => {
  const world = new ScriptedWorld();
  const storage = new MemoryStorage();
  const client = await live(world, [entry()], { storage });
  const { clientMessageId } = client.send('r', 'hello', { attachments: [{ id: 'a1' }, { id: 'a2' }] });
  client.outbox.without(clientMessageId, 'a1');
  assert.equal(client.outbox.of('r')[0]!.attachments.length, 2);
  await settled();
  world.socket.refuse('send', 'invalid', false);
  await settled();
  client.outbox.without(clientMessageId, 'a1');
  await settled();
  assert.deepEqual(client.outbox.of('r').map(({ attachments, state }) => [attachments, state]), [[[{ id: 'a2' }], 'failed']]);
  assert.deepEqual((await storage.all('alice/outbox/')).map(kept => (kept as { attachments: unknown }).attachments), [[{ id: 'a2' }]]);
});
