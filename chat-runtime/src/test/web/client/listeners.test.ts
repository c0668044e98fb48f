import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, events, live, push, ScriptedWorld, settled, texts } from './scripted.ts';

/** What nobody catches while the action goes on. */
async function uncaught(action: () => Promise<void>): Promise<string[]> {
  const errors: string[] = [];
  const note = (error: Error): void => { errors.push(error.message); };
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  try {
    await action();
    await settled();
  } finally {
    process.removeAllListeners('uncaughtException');
    others.forEach(listener => process.on('uncaughtException', listener));
  }
  return errors;
}

test('connects, and takes what follows in the same text frame, although a listener throws', async () => {
  const world = new ScriptedWorld();
  const errors = await uncaught(async () => {
    const client = await live(world, []);
    const heard: string[] = [];
    client.on('messages', () => { throw new Error('mine'); });
    client.on('messages', ({ room }) => heard.push(room.id));
    world.socket.drop();
    while (world.sockets.length === 1) await world.pass(1_000);
    world.socket.accept();
    world.socket.answer('connect', { session: 's', user: 'alice', pingSeconds: 25, rooms: [entry(), entry({ room: 'q' })] },
      push(events(1, 1)), push(events(2, 2)));
    assert.equal(client.state.name, 'live');
    assert.deepEqual(texts(client), ['text 1', 'text 2']);
    assert.deepEqual(heard, ['r', 'q', 'r', 'r']);
  });
  assert.deepEqual(errors, ['mine', 'mine', 'mine', 'mine']);
});

test('waits for the first event that is meant, and calls nobody who has left', async () => {
  const world = new ScriptedWorld();
  const client = await live(world, [entry()]);
  const heard: string[] = [];
  const leave = client.on('state', ({ name }) => heard.push(name));
  const offline = client.once('state', ({ name }) => name === 'offline');
  const any = client.once('state');
  client.network(false);
  assert.deepEqual([await offline, await any], [{ name: 'offline' }, { name: 'offline' }]);
  leave();
  client.network(true);
  assert.deepEqual(heard, ['offline']);
});
