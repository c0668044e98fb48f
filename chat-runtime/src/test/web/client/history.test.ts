import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEvent } from '../../../main/web/client/protocol.ts';
import { comeBack, entry, events, live, message, push, ScriptedWorld, settled, texts } from './scripted.ts';

const deletion = (seq: number, target: number): ChatEvent => ({ seq, time: seq, type: 'delete', from: 'bob', target });
const edit = (seq: number, target: number, text: string): ChatEvent => ({ seq, time: seq, type: 'edit', from: 'bob', target, text });

for (const [what, ask] of [
  ['older', (client, room) => client.older(room)],
  ['newer', (client, room) => client.newer(room, 1)],
  ['around', (client, room) => client.around(room, 5)],
] as [string, (client: Awaited<ReturnType<typeof live>>, room: Parameters<typeof client.older>[0]) => Promise<unknown>][]) {
  test(`does not show what was taken back while a page was under way that was read before (${what})`, async () => {
    const world = new ScriptedWorld();
    const client = await live(world, [entry({ tail: 5 })]);
    const room = client.rooms.get('r')!;
    const page = ask(client, room);
    world.socket.push(push([deletion(6, 5), edit(7, 4, 'edited')]));
    world.socket.answer('history', { events: events(1, 5), more: false });
    await page;
    assert.deepEqual([room.timeline.message(4)!.text, room.timeline.message(5)!.deleted], ['edited', true]);
  });
}

test('tells of events as just happened where they were missed, and not where somebody has asked for a page', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 100 })]);
  const room = client.rooms.get('r')!;
  const told: number[][] = [];
  client.on('messages', ({ events }) => told.push(events.map(({ seq }) => seq)));
  for (const [ask, page] of [
    [() => client.older(room), events(95, 100)], [() => client.around(room, 20), events(1, 20)], [() => client.newer(room, 20), events(21, 40)],
  ] as [() => Promise<unknown>, ChatEvent[]][]) {
    const asked = ask();
    world.socket.answer('history', { events: page, more: true });
    await asked;
  }
  world.socket.push(push(events(102, 102)));
  world.socket.answer('history', { events: events(101, 102), more: false });
  await settled();
  assert.deepEqual(told, [[], [], [], [102], [101]]);
});

test('does not show what was taken back while a hole was filled with a page that was read before', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push(events(3, 3)));
  world.socket.push(push([deletion(4, 2)]));
  world.socket.answer('history', { events: events(1, 3), more: false });
  await settled();
  assert.equal(client.rooms.get('r')!.timeline.message(2)!.deleted, true);
});

for (const [code, retryAfterMs, waitMs] of [['rate_limited', 3_000, 3_000], ['unavailable', undefined, 1_000]] as [string, number | undefined, number][]) {
  test(`asks again for what is missing after ${code}`, async () => {
    const world = new ScriptedWorld();
    const client = await live(world, [entry()]);
    world.socket.push(push(events(3, 3)));
    world.socket.refuse('history', code, true, retryAfterMs);
    await world.pass(waitMs - 1);
    assert.equal(world.socket.all('history').length, 1);
    await world.pass(1);
    world.socket.answer('history', { events: events(1, 3), more: false });
    await settled();
    assert.deepEqual(texts(client), ['text 1', 'text 2', 'text 3']);
  });
}

test('does not ask again for what is missing when that is no use', async () => {
  for (const end of [
    async (world: ScriptedWorld) => world.socket.refuse('history', 'not_found', false),
    async (world: ScriptedWorld) => { world.socket.drop(); await comeBack(world, [entry({ tail: 3 })], push(events(1, 3))); },
  ]) {
    const world = new ScriptedWorld();
    await live(world, [entry()]);
    world.socket.push(push(events(3, 3)));
    await end(world);
    await world.pass(20_000);
    assert.equal(world.sockets.flatMap(socket => socket.all('history')).length, 1);
  }
});

test('goes on to the message that is looked for where events are so large that a page ends before it', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 100 })]);
  const room = client.rooms.get('r')!;
  const around = client.around(room, 50);
  for (const [after, last] of [[20, 35], [35, 48], [48, 63]] as [number, number][]) {
    assert.deepEqual(world.socket.last('history')['history'], { room: 'r', after, limit: 60 });
    world.socket.answer('history', { events: events(after + 1, last), more: true });
    await settled();
  }
  await around;
  assert.equal(world.socket.all('history').length, 3);
  assert.deepEqual(room.timeline.range(50), { from: 21, to: 63 });
});

test('ends where there is nothing to be found', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry({ tail: 100 })]);
  for (const page of [{ events: [], more: true }, { events: events(21, 40), more: false }]) {
    const around = client.around(client.rooms.get('r')!, 50);
    world.socket.answer('history', page);
    await around;
  }
  assert.equal(world.socket.all('history').length, 2);
});

test('counts messages as unread that were missed when they happened, once', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const room = client.rooms.get('r')!;
  world.socket.push(push(events(1, 1)), push(events(4, 4)));
  assert.equal(room.unread, 2);
  world.socket.answer('history', { events: events(2, 4), more: false });
  await settled();
  assert.equal(room.unread, 4);
  world.socket.push(push(events(3, 5)));
  assert.equal(room.unread, 5);
  world.socket.drop();
  await comeBack(world, [entry({ tail: 6, unread: 6 })], push(events(6, 6)));
  assert.equal(room.unread, 6);
});

test('does not take an older name from what it missed', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const renamed = (seq: number, name: string): ChatEvent => ({ seq, time: seq, type: 'room', from: 'bob', name });
  world.socket.push(push([renamed(2, 'New')]));
  world.socket.answer('history', { events: [renamed(1, 'Old'), renamed(2, 'New')], more: false });
  await settled();
  assert.equal(client.rooms.get('r')!.name, 'New');
});

for (const order of ['before', 'after']) {
  test(`shows of a last message that is known alone what became of it, told ${order} it`, async () => {
    const world = new ScriptedWorld();
    const client = await live(world, [entry({ tail: 5 })]);
    const remember = (): void => { client.remember(entry({ tail: 5, lastMessage: message(5) })); };
    const changes = (): void => world.socket.push(push([edit(6, 5, 'edited')]));
    (order === 'before' ? [changes, remember] : [remember, changes]).forEach(act => act());
    const room = client.rooms.get('r')!;
    assert.equal(room.lastMessage!.text, 'edited');
    world.socket.push(push([deletion(7, 5)]));
    assert.deepEqual([room.lastMessage!.deleted, room.lastMessage!.text], [true, '']);
    world.socket.push(push(events(8, 8)));
    assert.equal(room.lastMessage!.text, 'text 8');
    assert.deepEqual(texts(client), ['text 8']);
  });
}

test('has no last message in a room where nobody wrote', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  assert.equal(client.rooms.get('r')!.lastMessage, undefined);
  assert.deepEqual(client.rooms.get('r')!.timeline.items(), []);
});

test('shows what happened to a room among its messages, and not the changes', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  world.socket.push(push([message(1), { seq: 2, time: 2, type: 'joined', from: 'bob', user: 'carol' }, edit(3, 1, 'edited'), message(4)]));
  const items = client.rooms.get('r')!.timeline.items();
  assert.deepEqual(items.map(item => item.kind === 'message' ? item.message.text : item.event.type), ['edited', 'joined', 'text 4']);
});
