import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { RoomEntry } from '../../../main/web/client/protocol.ts';
import { connected, entry, message, push, type ScriptedWorld, settled } from '../client/scripted.ts';
import { type Answers, appOf } from './app.ts';

/** With a connection that follows one room of several. */
async function comeBack(world: ScriptedWorld, rooms: RoomEntry[] = [entry()]): Promise<void> {
  world.socket.drop();
  while (world.sockets.length === 1) await world.pass(1_000);
  world.socket.accept();
  world.socket.answer('connect', { ...connected(rooms) as object, more: true });
  await settled();
}

test('asks what is new in an open room of which it is not told, until it is closed', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const { client, app, asked } = await appOf([entry()], { '/rooms/other': entry({ room: 'other', tail: 0 }) });
  const times = (): number => asked.filter(path => path === '/rooms/other').length;
  const room = client.remember(entry({ room: 'other', live: false }));
  app.open(client.rooms.get('r')!);
  mock.timers.tick(20_000);
  assert.equal(times(), 0);
  app.open(room);
  await settled();
  assert.equal(times(), 1);
  mock.timers.tick(20_000);
  await settled();
  assert.equal(times(), 3);
  app.close();
  mock.timers.tick(60_000);
  await settled();
  assert.equal(times(), 3);
  mock.timers.reset();
});

test('makes the list longer by the rooms that the connection does not follow, to the end', async () => {
  const page = (from: number, cursor?: string): unknown => ({ rooms: [entry({ room: 'r' }), ...[0, 1].map(n => entry({ room: `page${from + n}` }))], cursor });
  const { world, client, app, asked } = await appOf([entry()], {
    '/rooms?limit=100': { rooms: [entry({ room: 'r' })], cursor: 'one' }, '/rooms?limit=100&cursor=one': page(1, 'two'), '/rooms?limit=100&cursor=two': page(3),
  });
  await app.roomPages.next();
  assert.deepEqual([app.roomPages.more, asked.filter(path => path.startsWith('/rooms?')).length], [false, 0]);
  await comeBack(world);
  await app.roomPages.next();
  assert.deepEqual([...client.rooms.values()].map(room => [room.id, room.live]), [['r', true], ['page1', false], ['page2', false]]);
  assert.equal(app.roomPages.more, true);
  await app.roomPages.next();
  assert.deepEqual([...client.rooms.keys()], ['r', 'page1', 'page2', 'page3', 'page4']);
  assert.equal(app.roomPages.more, false);
});

test('takes a room out of the list that the user has left without being told', async () => {
  const rooms = [entry(), entry({ room: 'left' })];
  const { world, client } = await appOf(rooms, { '/rooms': { rooms: [entry()] } });
  await comeBack(world);
  assert.deepEqual([...client.rooms.keys()], ['r']);
});

test('puts first where something happened last, also where nobody has written', async () => {
  const rooms = [entry({ room: 'silent' }), entry({ room: 'old', tail: 9 }), entry({ room: 'unknown' })];
  const { world, app } = await appOf(rooms, {
    '/rooms': { rooms: [{ ...rooms[0], activeAt: 2_000 }, { ...rooms[1], activeAt: 1_000, lastMessage: message(9, { time: 900 }) }] },
  });
  await comeBack(world, rooms);
  const order = (): string[] => app.rooms().map(({ id }) => id);
  assert.deepEqual(order(), ['silent', 'old', 'unknown']);
  world.socket.push(push([{ seq: 10, time: 3_000, type: 'reaction', from: 'bob', target: 9, emoji: '👍' }], 'old'));
  assert.deepEqual(order(), ['old', 'silent', 'unknown']);
});

test('shows a group that the user is added to with what was written there last, asking once', async () => {
  const answers: Answers = { '/rooms': { rooms: [{ ...entry(), activeAt: 1_000 }] } };
  const { world, client, app, asked } = await appOf([entry()], answers);
  await comeBack(world);
  const busy = entry({ room: 'busy', name: 'Busy', tail: 70, read: 70 });
  answers['/rooms'] = { rooms: [{ ...busy, activeAt: 2_000, lastMessage: message(69) }, { ...entry(), activeAt: 1_000 }] };
  asked.length = 0;
  world.socket.push({ room: { change: 'added', ...busy } });
  await settled();
  assert.deepEqual(app.rooms().map(({ id }) => id), ['busy', 'r']);
  assert.equal(client.rooms.get('busy')!.lastMessage!.text, 'text 69');
  world.socket.push({ room: { change: 'changed', ...busy } });
  await settled();
  assert.deepEqual(asked, ['/rooms']);
});

/** What there is in a group to which somebody was added and in which nobody has written. */
const beginning = { events: [{ seq: 1, time: 1, type: 'joined', from: 'bob', user: 'alice' }], more: false };

test('asks of a group in which nobody has written once each time that the user is added to it', async () => {
  const { world, asked } = await appOf([entry()]);
  await comeBack(world);
  const empty = entry({ room: 'empty', tail: 1 });
  asked.length = 0;
  for (let times = 1; times <= 2; times++) {
    world.socket.push({ room: { change: 'added', ...empty } });
    await settled();
    world.socket.answer('history', beginning);
    await settled();
    world.socket.push({ room: { change: 'changed', ...empty } });
    await settled();
    assert.equal(asked.length, times);
    world.socket.push({ room: { change: 'removed', room: 'empty' } });
  }
});

test('shows a group first that somebody has just made with the user, and in which nothing has happened', async () => {
  const answers: Answers = { '/rooms': { rooms: [{ ...entry(), activeAt: 1_000 }] } };
  const { world, app, asked } = await appOf([entry()], answers);
  await comeBack(world);
  const made = entry({ room: 'made', name: 'Made', tail: 0, read: 0 });
  answers['/rooms'] = { rooms: [{ ...made, activeAt: 2_000 }, { ...entry(), activeAt: 1_000 }] };
  asked.length = 0;
  world.socket.push({ room: { change: 'added', ...made } });
  await settled();
  assert.deepEqual(app.rooms().map(({ id }) => id), ['made', 'r']);
  world.socket.push({ room: { change: 'changed', ...made } });
  await settled();
  assert.deepEqual(asked, ['/rooms']);
});

test('asks of a group to which the user is added while it asks of another one', async () => {
  const { world, asked } = await appOf([entry()]);
  await comeBack(world);
  asked.length = 0;
  for (const room of ['one', 'two']) {
    world.socket.push({ room: { change: 'added', ...entry({ room, tail: 1 }) } });
    await settled();
  }
  assert.equal(asked.length, 1);
  world.socket.answer('history', beginning);
  await settled();
  assert.equal(asked.length, 2);
});
