import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, events, live, push, ScriptedWorld, settled } from './scripted.ts';

test('asks for what is done to a message, and ends when it is answered', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  for (const [command, done, body] of [
    ['edit', client.edit('r', 1, 'new'), { room: 'r', seq: 1, text: 'new' }],
    ['delete', client.delete('r', 1), { room: 'r', seq: 1 }],
    ['react', client.react('r', 1, '👍'), { room: 'r', seq: 1, emoji: '👍', remove: false }],
  ] as [string, Promise<void>, unknown][]) {
    assert.deepEqual(world.socket.last(command)[command], body);
    world.socket.answer(command, { seq: 2 });
    await done;
  }
});

test('says that what is done to a message was refused', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const done = client.delete('r', 1);
  world.socket.refuse('delete', 'forbidden', false);
  await assert.rejects(done, { code: 'forbidden' });
});

test('tells that the user is typing at most every few seconds', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  for (const ms of [0, 1_000, 2_500]) {
    await world.pass(ms);
    client.typing('r');
  }
  assert.equal(world.socket.all('typing').length, 2);
});

test('uploads a file for a room', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.fetch = async address => String(address).endsWith('/rooms/r/attachments')
    ? new Response(JSON.stringify({ attachment: 'a1', uploadUrl: 'https://store.example.com/', headers: {}, expiresAt: 0 })) : new Response();
  const attachment = await client.upload('r', { name: 'x.txt', type: '', size: 1, data: new Blob(['x']) });
  assert.deepEqual(attachment, { id: 'a1', name: 'x.txt', contentType: 'application/octet-stream', bytes: 1 });
});

test('takes over what the user has read elsewhere, and how far others have', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const room = client.rooms.get('r')!;
  const moved: string[] = [];
  client.on('read', ({ user }) => moved.push(user));
  world.socket.push(push(events(1, 3)), { read: { room: 'r', user: 'carol', seq: 2 } }, { read: { room: 'r', user: 'alice', seq: 3 } });
  await settled();
  assert.deepEqual([room.read, room.unread, room.reads.get('carol')], [3, 0, 2]);
  assert.deepEqual(moved, ['carol', 'alice']);
});
