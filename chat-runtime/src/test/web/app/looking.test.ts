import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, events, push, type ScriptedWorld, settled } from '../client/scripted.ts';
import { appOf, direct, members } from './app.ts';

const groups = { '/rooms/r/members': members('alice', 'bob', 'carol'), '/rooms/q/members': members('alice', 'dave') };

/** Whom the service tells of, after all that was asked of it. */
function watched(world: ScriptedWorld): string[] {
  const users = new Set<string>();
  for (const { subscribe, unsubscribe } of world.socket.received) {
    for (const user of subscribe?.['presenceOf'] as string[] ?? []) users.add(user);
    for (const user of unsubscribe?.['presenceOf'] as string[] ?? []) users.delete(user);
  }
  return [...users].sort();
}

test('is told of the presence of those whom the list and the open room show, and of nobody else', async () => {
  const { world, client, app } = await appOf([entry(), entry({ room: 'q' }), direct('d', 'bob')], groups);
  assert.deepEqual(watched(world), ['bob']);
  for (const [open, users] of [['r', ['bob', 'carol']], ['q', ['bob', 'dave']], ['r', ['bob', 'carol']]] as [string, string[]][]) {
    app.open(client.rooms.get(open)!);
    await settled();
    assert.deepEqual(watched(world), users);
  }
  app.close();
  assert.deepEqual(watched(world), ['bob']);
  world.socket.push({ room: { change: 'removed', room: 'd' } });
  await settled();
  assert.deepEqual(watched(world), []);
});

test('does not come to be told of who joins a room that is not open', async () => {
  const { world, client, app } = await appOf([entry(), entry({ room: 'q' })], groups);
  app.open(client.rooms.get('r')!);
  await settled();
  app.open(client.rooms.get('q')!);
  await settled();
  world.socket.push(push([{ seq: 1, time: 1, type: 'joined', from: 'bob', user: 'carol' }]));
  await settled();
  assert.deepEqual(watched(world), ['dave']);
});

test('asks for nothing again when the list changes', async () => {
  const { world } = await appOf([direct('d', 'bob')]);
  world.socket.push(push(events(1, 1), 'd'));
  await settled();
  assert.equal(world.socket.all('subscribe').length, 1);
  assert.equal(world.socket.all('unsubscribe').length, 0);
});

test('keeps whole the rooms that were opened last, and those in which something is being written', async () => {
  const ids = Array.from({ length: 11 }, (_, n) => `room${n}`);
  const { world, client, app } = await appOf(ids.map(room => entry({ room })));
  const known = (): (number | undefined)[] => ids.map(id => client.rooms.get(id)!.timeline.range()?.from);
  app.drafts.keep('room1', { text: '', replyTo: 5 });
  client.send('room2', 'unsent');
  for (const id of ids) {
    app.open(client.rooms.get(id)!);
    world.socket.push(push(events(1, 300), id));
  }
  world.socket.push(...ids.map(id => push(events(301, 301), id)));
  assert.deepEqual(known(), [102, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  app.drafts.keep('room1', { text: '' });
  world.socket.push(...ids.map(id => push(events(302, 302), id)));
  assert.deepEqual(known(), [103, 103, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('knows who is in the rooms that were opened last', async () => {
  const ids = Array.from({ length: 10 }, (_, n) => `room${n}`);
  const { world, client, app } = await appOf(ids.map(room => entry({ room })), Object.fromEntries(ids.map(id => [`/rooms/${id}/members`, members('alice', 'bob')])));
  const known = (): string[] => ids.filter(id => app.members.has(client.rooms.get(id)!, 'bob'));
  for (const id of ids) {
    app.open(client.rooms.get(id)!);
    await settled();
  }
  assert.deepEqual(known(), ids.slice(2));
  world.socket.push(push([{ seq: 1, time: 1, type: 'joined', from: 'bob', user: 'carol' }], 'room0'));
  for (const id of ids) app.open(client.rooms.get(id)!);
  await settled();
  assert.deepEqual(known(), ids.slice(2));
});

test('lets go of rooms that nobody has opened as well', async () => {
  const { world, client } = await appOf([entry()]);
  world.socket.push(push(events(1, 500)));
  assert.deepEqual(client.rooms.get('r')!.timeline.range(), { from: 301, to: 500 });
});

test('says that somebody is not in the open room any more, and nothing of rooms that they do not look at', async () => {
  const { world, client, app } = await appOf([entry({ name: 'Crew' }), entry({ room: 'q' })], groups);
  const told: string[] = [];
  app.on('notice', ({ text }) => told.push(text));
  app.open(client.rooms.get('r')!);
  world.socket.push({ room: { change: 'removed', room: 'q' } });
  assert.deepEqual([told, app.current?.id], [[], 'r']);
  world.socket.push({ room: { change: 'removed', room: 'r' } });
  assert.deepEqual([told, app.current], [['You are not in “Crew” any more.'], null]);
});
