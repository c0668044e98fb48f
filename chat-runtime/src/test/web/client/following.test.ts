import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatClient } from '../../../main/web/client/client.ts';
import type { RoomEntry } from '../../../main/web/client/protocol.ts';
import { MemoryStorage } from '../../../main/web/client/storage.ts';
import { connected, entry, events, live, message, push, ScriptedWorld, settled, texts } from './scripted.ts';

const OTHER = entry({ room: 'other', tail: 3 });

/** Answers for a room over HTTP, where it takes the last event that there is. */
function tells(world: ScriptedWorld, answer: RoomEntry | number): void {
  world.fetch = async () => typeof answer === 'number' ? new Response('', { status: answer }) : Response.json(answer);
}

/** A client that follows one of two rooms, and knows of the other from the list. */
async function followingOne(world: ScriptedWorld): Promise<ChatClient> {
  const client = await live(world, [entry()]);
  client.remember({ ...OTHER, live: false });
  return client;
}

async function comeBack(world: ScriptedWorld, rooms: RoomEntry[]): Promise<void> {
  const before = world.sockets.length;
  world.socket.drop();
  while (world.sockets.length === before) await world.pass(1_000);
  world.socket.accept();
  world.socket.answer('connect', { ...connected(rooms) as object, more: true });
  await settled();
}

/** Looks at the newest messages of the room that is not followed. */
async function look(world: ScriptedWorld, client: ChatClient): Promise<void> {
  const older = client.older(client.rooms.get('other')!);
  world.socket.answer('history', { events: events(1, 3), more: false });
  await older;
}

test('knows of a room that the connection has no place for, and says that there are more', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  assert.equal(client.more, false);
  world.socket.push({ room: { change: 'added', ...OTHER, live: false } });
  assert.equal(client.rooms.get('other')!.live, false);
  await comeBack(world, [entry()]);
  assert.equal(client.more, true);
  assert.deepEqual([...client.rooms.keys()], ['r', 'other']);
});

test('keeps a room that the next connection does not follow, and is told of it no more', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry(), OTHER]);
  const removed: string[] = [];
  client.on('removed', ({ room }) => removed.push(room));
  await comeBack(world, [entry()]);
  assert.deepEqual([...client.rooms.values()].map(room => [room.id, room.live]), [['r', true], ['other', false]]);
  assert.deepEqual(removed, []);
});

test('keeps a room that was made while the connection was on its way', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry(), OTHER]);
  const removed: string[] = [];
  client.on('removed', ({ room }) => removed.push(room));
  const before = world.sockets.length;
  world.socket.drop();
  while (world.sockets.length === before) await world.pass(1_000);
  world.socket.accept();
  client.remember(entry({ room: 'new' }));
  world.socket.answer('connect', connected([entry()]));
  await settled();
  assert.deepEqual([...client.rooms.keys()], ['r', 'new']);
  assert.deepEqual(removed, ['other']);
});

test('asks the next connection to follow what was looked at, before what was not', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  client.remember({ ...entry({ room: 'unseen', tail: 9 }), live: false });
  await look(world, client);
  await comeBack(world, [entry(), OTHER]);
  assert.deepEqual(world.socket.last('connect')['connect']!['resume'], { r: 0, other: 3 });
  assert.equal(client.rooms.get('other')!.live, true);
  assert.equal(client.rooms.get('unseen')!.live, false);
});

test('begins at the tail of a room that it did not ask for, and follows all the same', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  await comeBack(world, [entry(), { ...OTHER, tail: 8 }]);
  world.socket.push(push(events(9, 9), 'other'));
  assert.deepEqual(texts(client, 'other'), ['text 9']);
  assert.equal(world.socket.all('history').length, 0);
});

test('takes over what happened in a room of which it is not told', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  await look(world, client);
  tells(world, { ...OTHER, tail: 5, unread: 5, name: 'Renamed' });
  const room = client.rooms.get('other')!;
  const caughtUp = client.catchUp(room);
  await settled();
  assert.deepEqual(world.socket.last('history')['history'], { room: 'other', after: 3, limit: 200 });
  world.socket.answer('history', { events: events(4, 5), more: false });
  await caughtUp;
  assert.deepEqual(texts(client, 'other'), ['text 1', 'text 2', 'text 3', 'text 4', 'text 5']);
  assert.deepEqual([room.name, room.unread, room.live], ['Renamed', 5, false]);
});

test('asks for nothing where nothing has happened', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  await look(world, client);
  tells(world, OTHER);
  await client.catchUp(client.rooms.get('other')!);
  assert.equal(world.socket.all('history').length, 1);
});

test('jumps over what is too long to be taken over, and says that the messages are others', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  await look(world, client);
  tells(world, { ...OTHER, tail: 5_000 });
  const told: string[] = [];
  client.on('messages', ({ room }) => told.push(room.id));
  await client.catchUp(client.rooms.get('other')!);
  assert.equal(world.socket.all('history').length, 1);
  assert.equal(client.rooms.get('other')!.timeline.position, 5_000);
  assert.deepEqual(told, ['other']);
});

test('forgets a room that the user turns out to have left, and none because the service is away', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  const room = client.rooms.get('other')!;
  tells(world, 503);
  await assert.rejects(client.catchUp(room), { code: 'unavailable' });
  assert.ok(client.rooms.has('other'));
  tells(world, 404);
  await client.catchUp(room);
  assert.deepEqual([...client.rooms.keys()], ['r']);
});

test('shows what the user does in a room of which it is not told', async () => {
  const world = new ScriptedWorld();
  const client = await followingOne(world);
  await look(world, client);
  const edited = client.edit('other', 1, 'new');
  world.socket.answer('edit', { seq: 4 });
  await settled();
  world.socket.answer('history', { events: [{ seq: 4, time: 4, type: 'edit', from: 'alice', target: 1, text: 'new' }], more: false });
  await edited;
  assert.equal(texts(client, 'other')[0], 'new');
  const sent = client.send('other', 'mine');
  await settled();
  world.socket.answer('send', { seq: 6, time: 6, duplicate: false });
  await settled();
  world.socket.answer('history', { events: [message(5), message(6, { from: 'alice', clientMessageId: sent.clientMessageId, text: 'mine' })], more: false });
  await settled();
  assert.deepEqual(texts(client, 'other').slice(-2), ['text 5', 'mine']);
  assert.equal(client.outbox.size, 0);
});

test('keeps no room on the device that would be out of date there', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const client = await live(world, [entry()], { storage });
  client.remember({ ...OTHER, live: false });
  await client.keep();
  assert.equal((await storage.all('alice/room/')).length, 1);
});
