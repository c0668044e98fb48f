import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatClient } from '../../../main/web/client/client.ts';
import type { ChatEvent } from '../../../main/web/client/protocol.ts';
import { MemoryStorage } from '../../../main/web/client/storage.ts';
import { clientOf, comeBack, entry, events, live, message, push, ScriptedWorld, texts } from './scripted.ts';

const edit = (seq: number, target: number, text: string): ChatEvent => ({ seq, time: seq, type: 'edit', from: 'bob', target, text });
const reactions = (from: number, to: number, target: number): ChatEvent[] => Array.from({ length: to - from + 1 }, (_, index) =>
  ({ seq: from + index, time: 1, type: 'reaction', from: `u${index}`, target, emoji: '👍' }));

/** A room that has been scrolled through, released. */
async function released(world: ScriptedWorld, all: ChatEvent[], storage?: MemoryStorage): Promise<ChatClient> {
  const client = await live(world, [entry()], { storage });
  world.socket.push(push(all));
  client.rooms.get('r')!.release();
  return client;
}

test('lets go of all but the newest events, which come again from history', async () => {
  const world = new ScriptedWorld();
  const client = await released(world, events(1, 500));
  const room = client.rooms.get('r')!;
  assert.deepEqual(room.timeline.range(), { from: 301, to: 500 });
  assert.equal(room.timeline.range(300), undefined);
  assert.equal(room.timeline.message(300), undefined);
  assert.deepEqual(texts(client).length, 200);
  const older = client.older(room);
  assert.equal(world.socket.last('history')['history']!['before'], 301);
  world.socket.answer('history', { events: events(241, 300), more: true });
  await older;
  assert.deepEqual(texts(client).length, 260);
});

test('goes on from where it was', async () => {
  const world = new ScriptedWorld();
  const client = await released(world, events(1, 500));
  world.socket.push(push(events(501, 501)));
  assert.deepEqual(texts(client).at(-1), 'text 501');
  world.socket.drop();
  await comeBack(world, [entry({ tail: 501 })]);
  assert.deepEqual(world.socket.last('connect')['connect']!['resume'], { r: 501 });
});

test('lets go of what was looked at further back', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 900 })]);
  const room = client.rooms.get('r')!;
  const around = client.around(room, 100);
  world.socket.answer('history', { events: events(71, 130), more: true });
  await around;
  room.release();
  assert.deepEqual([room.timeline.range(100), room.timeline.message(100), room.timeline.position], [undefined, undefined, 900]);
});

test('keeps the last message as it stands, however much has happened since', async () => {
  const world = new ScriptedWorld();
  const client = await released(world, [message(1), edit(2, 1, 'edited'), ...reactions(3, 400, 1)]);
  const room = client.rooms.get('r')!;
  assert.equal(room.lastMessage!.text, 'edited');
  assert.equal(room.lastMessage!.reactions['👍']!.count, 398);
  world.socket.push(push([{ seq: 401, time: 1, type: 'reaction', from: 'carol', target: 1, emoji: '👍' }]));
  assert.equal(room.lastMessage!.text, 'edited');
  assert.equal(room.lastMessage!.reactions['👍']!.count, 399);
  world.socket.push(push([{ seq: 402, time: 1, type: 'delete', from: 'bob', target: 1 }]));
  assert.equal(room.lastMessage!.deleted, true);
});

test('does not show what was taken back while a page was under way', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 100 })]);
  world.socket.push(push(events(101, 500)));
  const room = client.rooms.get('r')!;
  const older = client.older(room, 500);
  world.socket.push(push([{ seq: 501, time: 1, type: 'delete', from: 'bob', target: 90 }]));
  room.release();
  world.socket.answer('history', { events: events(41, 100), more: true });
  await older;
  assert.equal(room.timeline.message(90)!.deleted, true);
});

test('keeps as much on the device as before', async () => {
  const storage = new MemoryStorage();
  const world = new ScriptedWorld();
  const client = await released(world, events(1, 500), storage);
  world.socket.push(push(events(501, 501)));
  await client.stop();
  const second = clientOf(world, { storage, user: 'alice' });
  await second.start();
  assert.deepEqual([texts(second).length, texts(second).at(-1)], [200, 'text 501']);
});
