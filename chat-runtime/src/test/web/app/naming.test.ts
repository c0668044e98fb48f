import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { comeBack, entry, message, settled } from '../client/scripted.ts';
import { type Answers, appOf, direct, members } from './app.ts';

test('names people in the one line of a message, in rooms that were opened and in others', async () => {
  const { client, app, asked } = await appOf([entry(), entry({ room: 'q' })], {
    '/rooms/q/members': members('alice', 'dave'),
    '/users/bob': { user: 'bob', displayName: 'Bob Smith' }, '/users/dave': { user: 'dave', displayName: 'Dave' },
  });
  const room = client.rooms.get('r')!;
  const said = (text: string): string => app.summary(room, { text, attachments: [], deleted: false });
  said('Ask @bob, or @nobody (b@bob)');
  await settled();
  assert.equal(said('Ask @bob, or @nobody (b@bob)'), 'Ask @Bob Smith, or @nobody (b@bob)');
  assert.equal(app.named(room, 'To @alice'), 'To @alice');
  assert.deepEqual(asked.filter(path => path.startsWith('/users/')), ['/users/bob', '/users/nobody']);
  const other = client.rooms.get('q')!;
  app.open(other);
  await settled();
  app.people.name('dave');
  await settled();
  assert.equal(app.summary(other, { text: '@dave and @bob', attachments: [], deleted: false }), '@Dave and @bob');
});

/** Somebody in two groups who has seen Bob's name in the first one. */
async function acquaintance(apis: ('Date' | 'setTimeout')[] = ['Date']) {
  mock.timers.enable({ apis, now: 1_800_000_000_000 });
  const { world, client, app, asked } = await appOf([entry(), entry({ room: 'q' })], {
    '/rooms/r/members': members('alice', 'bob', 'nobody'), '/rooms/q/members': members('alice'), '/users/bob': { user: 'bob', displayName: 'Bob' },
  });
  const open = async (id: string): Promise<void> => {
    app.open(client.rooms.get(id)!);
    await settled();
  };
  await open('r');
  app.people.name('bob');
  await settled();
  return { world, client, app, asked, open, askedForBob: () => asked.filter(path => path === '/users/bob').length };
}

afterEach(() => mock.timers.reset());

test('asks again what those in a group are called when it is opened after a minute, and not each time', async () => {
  const { asked, open, askedForBob } = await acquaintance();
  mock.timers.tick(59_000);
  await open('q');
  await open('r');
  assert.equal(askedForBob(), 1);
  mock.timers.tick(1_000);
  await open('q');
  await open('r');
  assert.equal(askedForBob(), 2);
  assert.ok(!asked.includes('/users/nobody'), 'who has never been here is not asked for until shown');
});

test('asks again what those on the screen are called when somebody looks at it after a minute', async () => {
  const { app, open, askedForBob } = await acquaintance();
  app.lookedAt();
  mock.timers.tick(60_000);
  app.lookedAt();
  app.lookedAt();
  await settled();
  assert.equal(askedForBob(), 2);
  await open('q');
  mock.timers.tick(60_000);
  app.lookedAt();
  await settled();
  assert.equal(askedForBob(), 2);
});

/** Somebody whose connection is lost for so long, and then there again. */
async function reconnected({ world }: Awaited<ReturnType<typeof acquaintance>>, awayMs: number): Promise<void> {
  world.socket.drop();
  mock.timers.tick(awayMs);
  await comeBack(world, [entry(), entry({ room: 'q' })]);
}

async function passed(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await settled();
}

test('asks again what those on the screen are called soon after a connection that was away for over a minute', async t => {
  const known = await acquaintance(['Date', 'setTimeout']);
  t.mock.method(Math, 'random', () => 0.5);
  await reconnected(known, 60_001);
  await passed(14_999);
  assert.equal(known.askedForBob(), 1, 'not all whose connection is back ask at once');
  await passed(1);
  assert.equal(known.askedForBob(), 2);
  await passed(60_000);
  assert.equal(known.askedForBob(), 2);
});

test('does not ask what those on the screen are called after a short interruption', async () => {
  const known = await acquaintance(['Date', 'setTimeout']);
  await passed(2 * 60_000);
  await reconnected(known, 60_000);
  await passed(60_000);
  assert.equal(known.askedForBob(), 1);
});

test('asks again what those on the screen are called where a connection is interrupted soon after it was away', async () => {
  const known = await acquaintance(['Date', 'setTimeout']);
  await reconnected(known, 60_001);
  known.world.socket.drop();
  await passed(40_000);
  assert.equal(known.askedForBob(), 1);
  await comeBack(known.world, [entry(), entry({ room: 'q' })]);
  await passed(30_000);
  assert.equal(known.askedForBob(), 2);
});

test('asks again what those are called whom the list shows, and those who have come since', async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const answers: Answers = { '/users/bob': { user: 'bob', displayName: 'Bob' } };
  const { app } = await appOf([direct('r', 'bob'), direct('q', 'carol')], answers);
  const names = async (): Promise<string[]> => {
    ['bob', 'carol'].map(user => app.people.name(user));
    await settled();
    return ['bob', 'carol'].map(user => app.people.name(user));
  };
  assert.deepEqual(await names(), ['Bob', 'carol']);
  answers['/users/bob'] = { user: 'bob', displayName: 'Robert' };
  answers['/users/carol'] = { user: 'carol', displayName: 'Carol' };
  mock.timers.tick(60_000);
  app.lookedAt();
  assert.deepEqual(await names(), ['Robert', 'Carol']);
});

test('asks again what somebody is called who writes after ten minutes, and not with each message', async () => {
  const { world, askedForBob } = await acquaintance();
  const write = async (seq: number): Promise<number> => {
    world.socket.push({ push: { room: 'r', events: [message(seq)] } });
    await settled();
    return askedForBob();
  };
  mock.timers.tick(9 * 60_000);
  assert.equal(await write(1), 1);
  mock.timers.tick(60_000);
  assert.deepEqual([await write(2), await write(3)], [2, 2]);
});

test('does not ask what those in a room are called each time that its members are told', async () => {
  const { app, client, askedForBob } = await acquaintance();
  const told = async (): Promise<number> => {
    await app.members.load(client.rooms.get('r')!);
    await settled();
    return askedForBob();
  };
  mock.timers.tick(60_000);
  assert.equal(await told(), 1);
  mock.timers.tick(9 * 60_000);
  assert.equal(await told(), 2);
});

test('asks first for those who wrote last where there are many, and for no more than twenty', async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const many = Array.from({ length: 40 }, (_, n) => `u${n}`);
  const { world, client, app, asked } = await appOf([entry()], {
    '/rooms/r/members': members('alice', ...many), ...Object.fromEntries(many.map(user => [`/users/${user}`, { user }])),
  });
  app.open(client.rooms.get('r')!);
  world.socket.push({ push: { room: 'r', events: [message(1, { from: 'u38' }), message(2, { from: 'u39' })] } });
  many.forEach(user => app.people.name(user));
  await settled();
  asked.length = 0;
  mock.timers.tick(60_000);
  app.lookedAt();
  await settled();
  assert.deepEqual(asked.slice(0, 3), ['/users/u39', '/users/u38', '/users/u0']);
  assert.equal(asked.length, 19, 'twenty with the user, whose own name was not shown');
});
