import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { ChatClient } from '../../../main/web/client/index.ts';
import './browser.ts';

const { People } = await import('../../../main/web/app/model/people.ts');

const offline = { user: 'alice', state: { name: 'offline' } } as ChatClient;

test('knows after a reload without a network what people were called, the last ones heard of', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const before = new People(offline, () => undefined);
  before.learn(Array.from({ length: 600 }, (_, n) => ({ user: `u${n}`, displayName: `User ${n}` })));
  mock.timers.tick(1_000);
  const after = new People(offline, () => undefined);
  assert.equal(after.name('u599'), 'User 599');
  assert.equal(after.name('u0'), 'u0');
  mock.timers.reset();
});

test('forgets them when the user signs out', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const people = new People(offline, () => undefined);
  people.learn([{ user: 'bob', displayName: 'Bob' }]);
  mock.timers.tick(1_000);
  people.learn([{ user: 'carol', displayName: 'Carol' }]);
  people.forget();
  mock.timers.tick(1_000);
  const after = new People(offline, () => undefined);
  assert.deepEqual([after.name('bob'), after.name('carol')], ['bob', 'carol']);
  mock.timers.reset();
});
