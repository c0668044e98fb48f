import assert from 'node:assert/strict';
import { test } from 'node:test';
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
