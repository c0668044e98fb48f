import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validityOf } from '../../../main/web/client/token.ts';
import { clientOf, comeBack, comeBackLate, connected, entry, live, ScriptedWorld, settled } from './scripted.ts';

function tokenExpiringAt(ms: number, claims: object = {}): string {
  return `h.${btoa(JSON.stringify({ exp: ms / 1000, ...claims }))}.s${ms}`;
}

test('connects with the subprotocol, the token in the first frame and never in the address', async () => {
  const world = new ScriptedWorld();
  await live(world, []);
  assert.equal(world.socket.url, 'wss://chat.example.com/ws');
  assert.equal(world.socket.protocol, 'chat.v1.json');
  assert.deepEqual(world.socket.received[0], { id: 1, connect: { token: 'token', resume: {} } });
});

for (const code of [1000, 1001, 1006, 1011, 4000, 4001, 4002, 4003, 4004, 4005, 4006, 4499]) {
  test(`comes back after close code ${code}`, async () => {
    const world = new ScriptedWorld();
    const client = await live(world, []);
    world.socket.drop(code);
    assert.equal(client.state.name, 'waiting');
    await comeBack(world, []);
    assert.equal(client.state.name, 'live');
  });
}

for (const code of [4501, 4502, 4503, 4999]) {
  test(`does not come back after close code ${code}`, async () => {
    const world = new ScriptedWorld();
    const client = await live(world, []);
    world.socket.drop(code, 'no');
    await world.pass(600_000);
    assert.equal(world.sockets.length, 1);
    assert.deepEqual(client.state, { name: 'stopped', code, reason: 'no' });
  });
}

test('waits twice as long after each failure, up to the ceiling, and starts over after success', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  const waits: number[] = [];
  client.on('state', state => { if (state.name === 'waiting') waits.push(state.until - world.now()); });
  for (let failure = 0; failure < 8; failure++) {
    world.socket.drop();
    await world.pass(waits.at(-1)!);
  }
  world.socket.accept();
  world.socket.answer('connect', connected([]));
  world.socket.drop();
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 500]);
});

test('honours the time of a reconnect push when the service closes', async () => {
  const world = new ScriptedWorld();
  await live(world, []);
  world.socket.push({ reconnect: { afterMs: 7_000, reason: 'draining' } });
  world.socket.drop(4000);
  await world.pass(6_999);
  assert.equal(world.sockets.length, 1);
  await world.pass(1);
  assert.equal(world.sockets.length, 2);
});

test('leaves by itself at the time of a reconnect push when the service does not close', async () => {
  const world = new ScriptedWorld();
  await live(world, []);
  world.socket.push({ reconnect: { afterMs: 7_000, reason: 'balance' } });
  await world.pass(7_000);
  assert.equal(world.sockets[0]!.closedByClient, true);
  assert.equal(world.sockets.length, 2);
});

test('asks for a fresh token when the old one has expired', async () => {
  const world = new ScriptedWorld();
  const asked: boolean[] = [];
  const client = await live(world, [], { token: fresh => { asked.push(fresh); return fresh ? 'second' : 'first'; } });
  world.socket.drop(4007);
  await settled();
  world.socket.accept();
  assert.equal(world.socket.last('connect')['connect']!['token'], 'second');
  world.socket.answer('connect', connected([]));
  assert.deepEqual(asked, [false, true]);
  assert.equal(client.state.name, 'live');
});

test('stops when a fresh token is refused as well', async () => {
  const world = new ScriptedWorld();
  let tokens = 0;
  const client = clientOf(world, { token: () => `t${tokens++}` });
  await client.start();
  for (let attempt = 0; attempt < 2; attempt++) {
    await settled();
    world.socket.accept();
    world.socket.refuse('connect', 'unauthenticated', false);
    world.socket.drop(4500, 'unauthenticated');
  }
  await world.pass(600_000);
  assert.equal(client.state.name, 'stopped');
  assert.equal(world.sockets.length, 2);
});

test('stops at once when there is no other token than the refused one', async () => {
  const world = new ScriptedWorld();
  const client = clientOf(world);
  await client.start();
  await settled();
  world.socket.accept();
  world.socket.drop(4500, 'unauthenticated');
  await world.pass(60_000);
  assert.equal(client.state.name, 'stopped');
  assert.equal(world.sockets.length, 1);
});

test('tries again when the token cannot be had for now', async () => {
  const world = new ScriptedWorld();
  let failures = 2;
  const client = clientOf(world, { token: () => { if (failures-- > 0) throw new Error('no'); return 't'; } });
  await client.start();
  await settled();
  assert.equal(client.state.name, 'waiting');
  await world.pass(5_000);
  assert.equal(world.sockets.length, 1);
});

test('refreshes the token of a live connection before it expires', async () => {
  const world = new ScriptedWorld();
  const first = tokenExpiringAt(world.now() + 600_000);
  const second = tokenExpiringAt(world.now() + 1_200_000);
  await live(world, [], { token: fresh => fresh ? second : first });
  const socket = world.socket;
  for (let passed = 0; passed < 550; passed += 25) {
    await world.pass(25_000);
    socket.push({ id: -1 });
  }
  assert.equal(socket.last('refresh')['refresh']!['token'], second);
  assert.equal(world.sockets.length, 1);
});

const HOUR = 3_600_000;

for (const [clock, wrongBy] of [['right', 0], ['a day ahead', 24 * HOUR], ['a day behind', -24 * HOUR]] as const) {
  test(`refreshes an hour's token once an hour where the device's clock is ${clock}`, async () => {
    const world = new ScriptedWorld();
    let made = 0;
    const token = (): string => tokenExpiringAt(world.now() - wrongBy + HOUR, { iat: Math.floor((world.now() - wrongBy) / 1000), jti: made++ });
    await live(world, [], { token });
    const socket = world.socket;
    for (let passed = 0; passed < 2 * HOUR; passed += 25_000) {
      await world.pass(25_000);
      socket.push({ id: -1 });
      if (socket.all('refresh').length > 0) socket.answer('refresh', { expiresAt: 0 });
    }
    assert.equal(socket.all('refresh').length, 2);
  });
}

test('does not ask all the time for tokens that look expired and do not say when they were made', () => {
  assert.equal(validityOf(tokenExpiringAt(1_000_000), 9_000_000), 300_000);
  assert.equal(validityOf(tokenExpiringAt(9_000_000), 1_000_000), 8_000_000);
  assert.equal(validityOf('opaque', 1), undefined);
});

test('finds out that the line is dead when pings are not answered', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  await world.pass(24_000);
  assert.equal(client.state.name, 'live');
  await world.pass(60_000);
  assert.equal(world.sockets[0]!.closedByClient, true);
  assert.ok(world.sockets.length > 1);
});

test('gives up an attempt that nobody answers', async () => {
  const world = new ScriptedWorld();
  const client = clientOf(world);
  await client.start();
  await world.pass(20_000);
  assert.ok(world.sockets.length >= 2);
  assert.notEqual(client.state.name, 'stopped');
});

test('says offline without a network, does not try for a while, and comes back at once with it', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.network(false);
  assert.equal(client.state.name, 'offline');
  await world.pass(89_000);
  assert.equal(world.sockets.length, 1);
  client.network(true);
  await settled();
  assert.equal(world.sockets.length, 2);
});

test('tries now and then without a network, and believes a connection more than the device', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  client.network(false);
  for (let attempts = 2; attempts <= 4; attempts++) {
    await world.pass(90_000);
    assert.equal(world.sockets.length, attempts);
    world.socket.drop();
    assert.equal(client.state.name, 'offline');
  }
  await comeBack(world, []);
  assert.equal(client.state.name, 'live');
  world.socket.drop();
  assert.equal(client.state.name, 'waiting');
});

test('is offline, not waiting, when a token cannot be had without a network', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [], { token: () => { if (world.sockets.length > 0) throw new Error('no'); return 't'; } });
  client.network(false);
  await world.pass(90_000);
  assert.equal(client.state.name, 'offline');
  assert.equal(world.sockets.length, 1);
});

test('closes a connection under way before it opens another', async () => {
  const world = new ScriptedWorld();
  const token = Promise.withResolvers<string>();
  const client = clientOf(world, { token: () => token.promise });
  await client.start();
  client.network(false);
  token.resolve('t');
  await settled();
  client.retryNow();
  await settled();
  client.network(false);
  client.retryNow();
  await settled();
  assert.deepEqual(world.sockets.map(socket => socket.closedByClient), [true, false]);
});

test('probes the line when the device wakes up', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  await world.pass(10);
  client.wake();
  assert.equal(world.socket.all('ping').length, 1);
  await world.pass(6_000);
  assert.ok(world.sockets.length === 2);
});

test('ignores what an older connection still says', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const old = world.socket;
  old.drop();
  await comeBack(world, [entry()]);
  old.onclose?.({ code: 4501, reason: 'late' });
  old.push({ push: { room: 'r', events: [{ seq: 1, time: 1, type: 'message', from: 'bob', clientMessageId: 'x', text: 'ghost' }] } });
  assert.equal(client.state.name, 'live');
  assert.equal(client.rooms.get('r')!.timeline.position, 0);
});

test('stays away after stop', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, []);
  await client.stop();
  await world.pass(600_000);
  assert.equal(world.sockets.length, 1);
  assert.equal(client.state.name, 'stopped');
});

test('says when it comes back how long ago the person last did something', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  await world.pass(60_000);
  client.typing('r');
  await comeBackLate(world, client);
  assert.equal(world.socket.last('connect')['connect']!['idleMs'], 3_600_000);
});
