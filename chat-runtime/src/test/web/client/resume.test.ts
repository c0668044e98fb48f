import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../../main/web/client/storage.ts';
import { clientOf, comeBack, entry, events, live, message, push, ScriptedWorld, settled, texts } from './scripted.ts';

test('resumes every room from its last sequence', async () => {
  const world = new ScriptedWorld();
  await live(world, [entry({ tail: 4 }), entry({ room: 'q', tail: 9 })]);
  world.socket.push(push(events(5, 7)));
  world.socket.drop();
  await comeBack(world, [entry({ tail: 7 }), entry({ room: 'q', tail: 9 })]);
  assert.deepEqual(world.socket.last('connect')['connect']!['resume'], { r: 7, q: 9 });
});

test('takes what it missed once, in order, also in the text frame of the reply', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 2)));
  world.socket.drop();
  await comeBack(world, [entry({ tail: 4 })], push(events(3, 4)));
  world.socket.push(push(events(4, 5)));
  assert.deepEqual(texts(client), ['text 1', 'text 2', 'text 3', 'text 4', 'text 5']);
});

test('begins anew with a log that was restored from a backup', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 9, read: 9 })]);
  world.socket.push(push(events(10, 12)));
  const room = client.rooms.get('r')!;
  world.socket.drop();
  await comeBack(world, [entry({ tail: 4, read: 3, unread: 1 })]);
  assert.deepEqual([room.tail, room.read, room.unread, room.timeline.position], [4, 3, 1, 4]);
  world.socket.push(push(events(5, 6)));
  assert.deepEqual(texts(client), ['text 5', 'text 6']);
  assert.equal(room.unread, 3);
});

test('goes on after the tail when the gap is too long, and pages the history when asked', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 2)));
  world.socket.drop();
  await comeBack(world, [entry({ tail: 5_000, gap: true })]);
  world.socket.push(push(events(5_001, 5_001)));
  assert.deepEqual(texts(client), ['text 5001']);
  const room = client.rooms.get('r')!;
  const older = client.older(room);
  assert.deepEqual(world.socket.last('history')['history'], { room: 'r', before: 5_001, limit: 60 });
  world.socket.answer('history', { events: events(4_941, 5_000), more: true });
  assert.equal(await older, true);
  assert.equal(texts(client).length, 61);
  assert.equal(room.timeline.position, 5_001);
});

test('fills a hole from the history before it counts as had', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 2)), push(events(6, 6)));
  const room = client.rooms.get('r')!;
  assert.equal(room.timeline.position, 2);
  assert.deepEqual(world.socket.last('history')['history'], { room: 'r', after: 2, limit: 200 });
  world.socket.answer('history', { events: events(3, 6), more: false });
  await settled();
  assert.equal(room.timeline.position, 6);
  assert.deepEqual(texts(client), ['text 1', 'text 2', 'text 3', 'text 4', 'text 5', 'text 6']);
});

test('resumes before a hole that was not filled', async () => {
  const world = new ScriptedWorld();
  await live(world, [entry()]);
  world.socket.push(push(events(1, 2)), push(events(6, 6)));
  world.socket.drop();
  await comeBack(world, [entry({ tail: 6 })], push(events(3, 6)));
  assert.equal((world.socket.last('connect')['connect']!['resume'] as Record<string, number>)['r'], 2);
});

test('fills a hole page by page', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(301, 301)));
  world.socket.answer('history', { events: events(1, 200), more: true });
  await settled();
  assert.deepEqual(world.socket.last('history')['history'], { room: 'r', after: 200, limit: 200 });
  world.socket.answer('history', { events: events(201, 301), more: false });
  await settled();
  assert.equal(texts(client).length, 301);
});

test('counts unread messages once, whether the reply or a push told of them', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 2)));
  world.socket.drop();
  await comeBack(world, [entry({ tail: 4, unread: 4 })], push(events(3, 4)));
  assert.equal(client.rooms.get('r')!.unread, 4);
  world.socket.push(push([message(5), message(6, { from: 'alice', clientMessageId: 'mine' })]));
  assert.equal(client.rooms.get('r')!.unread, 5);
});

test('sends a read marker again that was lost with the connection', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 3)));
  const room = client.rooms.get('r')!;
  client.markRead(room, 3);
  world.socket.drop();
  await comeBack(world, [entry({ tail: 3, read: 0, unread: 3 })]);
  await world.pass(1_000);
  assert.deepEqual(world.socket.last('read')['read'], { room: 'r', seq: 3 });
  assert.equal(room.unread, 0);
});

test('forgets rooms that are gone, and learns of new ones', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry(), entry({ room: 'q' })]);
  world.socket.push({ room: { change: 'removed', room: 'r' } }, { room: { change: 'added', ...entry({ room: 'n', tail: 3 }) } }, push(events(4, 4), 'n'));
  assert.deepEqual([...client.rooms.keys()], ['q', 'n']);
  world.socket.drop();
  await comeBack(world, [entry({ room: 'n', tail: 4 })]);
  assert.deepEqual([...client.rooms.keys()], ['n']);
  assert.deepEqual(texts(client, 'n'), ['text 4']);
});

test('shows what was kept without a connection, and resumes from there', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const first = await live(world, [entry()], { storage });
  world.socket.push(push([message(1), message(2), { seq: 3, time: 3, type: 'edit', from: 'bob', target: 1, text: 'edited' }]));
  await first.stop();
  const second = clientOf(world, { storage, user: 'alice' });
  await second.start();
  assert.deepEqual(texts(second), ['edited', 'text 2']);
  await settled();
  world.socket.accept();
  assert.deepEqual(world.socket.last('connect')['connect']!['resume'], { r: 3 });
});

test('keeps nothing of a user who asked to be forgotten', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const client = await live(world, [entry()], { storage });
  client.send('r', 'secret');
  world.socket.push(push(events(1, 2)));
  await world.pass(1_000);
  assert.notEqual((await storage.all('')).length, 0);
  assert.equal(await client.stop({ forget: true }), true);
  assert.deepEqual(await storage.all(''), []);
});

test('watches the presence of the same users after coming back', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.presences.watch(['bob', 'carol']);
  world.socket.push({ presence: { user: 'bob', state: 'online' } });
  assert.equal(client.presences.of('bob')?.state, 'online');
  world.socket.drop();
  await comeBack(world, []);
  assert.deepEqual(world.socket.last('subscribe')['subscribe'], { presenceOf: ['bob', 'carol'] });
});

test('watches a presence for as long as somebody looks', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  const ends = [client.presences.watch(['bob', 'carol']), client.presences.watch(['bob', 'dave'])];
  assert.deepEqual(world.socket.all('subscribe').map(({ subscribe }) => subscribe), [{ presenceOf: ['bob', 'carol'] }, { presenceOf: ['dave'] }]);
  world.socket.push({ presence: { user: 'bob', state: 'online' } }, { presence: { user: 'carol', state: 'online' } });
  ends[0]!();
  ends[0]!();
  assert.deepEqual(world.socket.all('unsubscribe').map(({ unsubscribe }) => unsubscribe), [{ presenceOf: ['carol'] }]);
  assert.deepEqual(['bob', 'carol'].map(user => client.presences.of(user)?.state), ['online', undefined]);
  ends[1]!();
  assert.deepEqual(world.socket.last('unsubscribe')['unsubscribe'], { presenceOf: ['bob', 'dave'] });
  world.socket.drop();
  await comeBack(world, []);
  assert.equal(world.socket.all('subscribe').length, 0);
});

test('keeps nothing of whom nobody looks at any more', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.presences.watch(['bob'])();
  world.socket.push({ presence: { user: 'bob', state: 'online' } });
  client.presences.watch(['bob']);
  assert.equal(client.presences.of('bob'), undefined);
});

test('shows typing for some seconds, until the message comes', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const room = client.rooms.get('r')!;
  world.socket.push({ typing: { room: 'r', user: 'bob' } }, { typing: { room: 'r', user: 'carol' } });
  assert.deepEqual([...room.typing.keys()], ['bob', 'carol']);
  world.socket.push(push([message(1)]));
  assert.deepEqual([...room.typing.keys()], ['carol']);
  await world.pass(7_000);
  assert.equal(room.typing.size, 0);
});
