import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { connected, entry, type ScriptedWorld, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';

/** With a connection that follows one room of several. */
async function comeBack(world: ScriptedWorld): Promise<void> {
  world.socket.drop();
  while (world.sockets.length === 1) await world.pass(1_000);
  world.socket.accept();
  world.socket.answer('connect', { ...connected([entry()]) as object, more: true });
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
