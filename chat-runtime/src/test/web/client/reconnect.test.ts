import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../../main/web/client/errors.ts';
import { clientOf, comeBack, comeBackLate, connected, entry, events, live, message, push, ScriptedWorld, settled, texts } from './scripted.ts';

const tokenExpiringAt = (ms: number): string => `h.${btoa(JSON.stringify({ exp: ms / 1000 }))}.s${ms}`;

/** A promise that the test settles. */
function pending<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: unknown): void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((ok, no) => { resolve = ok; reject = no; });
  return { promise, resolve, reject };
}

test('connects once however often it is started', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  await client.start();
  await settled();
  assert.equal(world.sockets.length, 1);
});

test('stays stopped whatever the network does', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  await client.stop();
  for (const online of [false, true]) client.network(online);
  client.retryNow();
  client.wake();
  await world.pass(60_000);
  assert.equal(client.state.name, 'stopped');
  assert.equal(world.sockets.length, 1);
});

test('leaves a live connection alone when it is told of the network or asked to retry', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.network(true);
  client.retryNow();
  await settled();
  assert.equal(world.sockets.length, 1);
  assert.equal(client.state.name, 'live');
});

for (const [what, act] of [
  ['the person asks for it', client => client.retryNow()],
  ['the device wakes up', client => client.wake()],
  ['the network is there again', client => client.network(true)],
] as [string, (client: ReturnType<typeof clientOf>) => void][]) {
  test(`does not wait any longer when ${what}`, async () => {
    const world = new ScriptedWorld();
    const client = await live(world, []);
    world.socket.drop();
    assert.equal(client.state.name, 'waiting');
    act(client);
    await settled();
    assert.equal(world.sockets.length, 2);
    world.socket.accept();
    world.socket.answer('connect', connected([]));
    await world.pass(10_000);
    assert.equal(world.sockets.length, 2);
  });
}

test('stays connected when somebody retries as soon as they hear of a loss', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.on('state', ({ name }) => { if (name === 'waiting' || name === 'offline') client.retryNow(); });
  for (const lose of [() => world.socket.drop(), () => client.network(false)]) {
    const before = world.sockets.length;
    lose();
    await settled();
    world.socket.accept();
    world.socket.answer('connect', connected([]));
    for (let passed = 0; passed < 100; passed += 20) {
      await world.pass(20_000);
      world.socket.push({ id: -1 });
    }
    assert.equal(world.sockets.length, before + 1);
  }
});

test('does not wake up into a network that is not there', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.network(false);
  client.wake();
  await world.pass(60_000);
  assert.equal(world.sockets.length, 1);
});

test('is offline, not waiting, when a connection under way ends without a network', async () => {
  const world = new ScriptedWorld();
  const client = clientOf(world);
  await client.start();
  await settled();
  client.network(false);
  world.socket.drop();
  assert.equal(client.state.name, 'offline');
});

test('opens nothing for a token that came after the end', async () => {
  for (const settle of ['resolve', 'reject'] as const) {
    const world = new ScriptedWorld();
    const token = pending<string>();
    const client = clientOf(world, { token: () => token.promise });
    await client.start();
    await client.stop();
    token[settle]('late' as never);
    await world.pass(60_000);
    assert.equal(world.sockets.length, 0);
    assert.equal(client.state.name, 'stopped');
  }
});

test('says why and stops when the account has ended', async () => {
  const world = new ScriptedWorld();
  const client = clientOf(world, { token: () => { throw new ChatError('unauthenticated', 'signed out elsewhere', false); } });
  await client.start();
  await world.pass(60_000);
  assert.deepEqual(client.state, { name: 'stopped', code: 4500, reason: 'signed out elsewhere' });
});

test('does not send a token again that the service has already', async () => {
  const world = new ScriptedWorld();
  const token = tokenExpiringAt(world.now() + 30_000);
  await live(world, [], { token: () => token });
  await world.pass(20_000);
  assert.equal(world.socket.all('refresh').length, 0);
});

test('goes on with the old token when a fresh one cannot be had or is refused, and comes back with one when it has expired', async () => {
  const world = new ScriptedWorld();
  let tokens = 0;
  const client = await live(world, [], {
    token: fresh => {
      if (fresh && ++tokens === 1) throw new Error('away');
      return tokenExpiringAt(world.now() + 60_000);
    },
  });
  await world.pass(31_000);
  assert.equal(client.state.name, 'live');
  world.socket.drop(4007, 'token expired');
  await settled();
  world.socket.accept();
  world.socket.answer('connect', connected([]));
  await world.pass(31_000);
  world.socket.refuse('refresh', 'unauthenticated', false);
  await settled();
  assert.equal(client.state.name, 'live');
});

test('drops a fresh token that came for a connection that is gone', async () => {
  const world = new ScriptedWorld();
  const fresh = pending<string>();
  const client = await live(world, [], { token: wanted => wanted ? fresh.promise : tokenExpiringAt(world.now() + 30_000) });
  await world.pass(16_000);
  world.socket.drop();
  await comeBack(world, []);
  fresh.resolve('late');
  await settled();
  assert.equal(world.sockets.flatMap(socket => socket.all('refresh')).length, 0);
  assert.equal(client.state.name, 'live');
});

test('answers nothing on a line that has just closed', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.readyState = 2;
  await assert.rejects(client.edit('r', 1, 'x'), { code: 'disconnected' });
});

test('ignores what it is told of rooms that it does not have', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 1), 'other'), { typing: { room: 'other', user: 'bob' } }, { read: { room: 'other', user: 'bob', seq: 1 } },
    { room: { change: 'removed', room: 'other' } });
  assert.deepEqual([...client.rooms.keys()], ['r']);
});

test('sends the newest read marker once, never an older one', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(1, 5)));
  const room = client.rooms.get('r')!;
  for (const seq of [3, 5, 4]) client.markRead(room, seq);
  await world.pass(1_000);
  assert.deepEqual(world.socket.all('read').map(frame => frame['read']), [{ room: 'r', seq: 5 }]);
});

test('looks an old attempt up page by page, and sends it when it is on none', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  await settled();
  await comeBackLate(world, client);
  world.socket.answer('history', { events: events(1, 200), more: true });
  await settled();
  assert.equal(world.socket.last('history')['history']!['after'], 200);
  world.socket.answer('history', { events: events(201, 300), more: false });
  await settled();
  assert.equal(world.socket.last('send')['send']!['clientMessageId'], sent.clientMessageId);
});

test('forgets a message that was discarded while it was sent, and retries only what failed', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const sent = client.send('r', 'hello');
  await settled();
  client.outbox.retry(sent.clientMessageId);
  client.outbox.discard(sent.clientMessageId);
  world.socket.refuse('send', 'unavailable', true);
  await world.pass(60_000);
  assert.equal(world.socket.all('send').length, 1);
  assert.equal(client.outbox.size, 0);
});

test('pages the history to both sides of a place somebody jumped to, until it meets the present', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 300 })]);
  const room = client.rooms.get('r')!;
  world.socket.push(push([message(301)]));
  const jumped = client.around(room, 100);
  world.socket.answer('history', { events: events(71, 130), more: true });
  await jumped;
  assert.deepEqual(room.timeline.range(100), { from: 71, to: 130 });
  await client.around(room, 100);
  const newer = client.newer(room, 100);
  assert.deepEqual(world.socket.last('history')['history'], { room: 'r', after: 130, limit: 60 });
  world.socket.answer('history', { events: events(131, 300), more: true });
  assert.equal(await newer, true);
  assert.equal(room.timeline.range()!.from, 71);
  assert.equal(await client.newer(room, 301), false);
  const older = client.older(room);
  world.socket.answer('history', { events: events(1, 70), more: false });
  assert.equal(await older, false);
  assert.equal(await client.older(room), false);
  assert.equal(texts(client).length, 301);
});
