import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { entry, settled } from '../client/scripted.ts';
import { appOf, members } from './app.ts';

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

test('asks again what those in a group are called when it is opened after a while, and not each time', async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const { client, app, asked } = await appOf([entry(), entry({ room: 'q' })], {
    '/rooms/r/members': members('alice', 'bob', 'nobody'), '/rooms/q/members': members('alice'), '/users/bob': { user: 'bob', displayName: 'Bob' },
  });
  app.people.name('bob');
  const openAgain = async (): Promise<number> => {
    for (const id of ['q', 'r']) {
      app.open(client.rooms.get(id)!);
      await settled();
    }
    return asked.filter(path => path === '/users/bob').length;
  };
  assert.deepEqual([await openAgain(), await openAgain()], [1, 1]);
  mock.timers.setTime(1_800_000_000_000 + 11 * 60_000);
  assert.equal(await openAgain(), 2);
  assert.ok(!asked.includes('/users/nobody'), 'who has never been here is not asked for until shown');
  mock.timers.reset();
});
