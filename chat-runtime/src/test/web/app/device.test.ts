import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';

const { Place } = await import('../../../main/web/app/model/device.ts');

const refuse = (): never => { throw new DOMException('no', 'SecurityError'); };

test('has what it was given for as long as the page is open, where the browser keeps nothing', () => {
  const place = new Place(refuse);
  assert.equal(place.get('a'), null);
  place.set('a', '1');
  place.set('b', '2');
  assert.equal(place.get('a'), '1');
  place.remove('a');
  place.clear('b');
  assert.deepEqual([place.get('a'), place.get('b')], [null, null]);
});

test('has the latest where the browser has no room for it, until it has', t => {
  const place = new Place(() => localStorage);
  place.set('draft', 'kept');
  t.mock.method(localStorage, 'setItem', refuse, { times: 1 });
  place.set('draft', 'longer');
  assert.deepEqual([place.get('draft'), localStorage.getItem('draft')], ['longer', 'kept']);
  place.set('draft', 'short');
  assert.deepEqual([place.get('draft'), localStorage.getItem('draft')], ['short', 'short']);
});

test('forgets what begins so and nothing else', () => {
  const place = new Place(() => localStorage);
  for (const key of ['x/1', 'x/2', 'y/1']) place.set(key, key);
  place.clear('x/');
  assert.deepEqual(['x/1', 'x/2', 'y/1'].map(key => place.get(key)), [null, null, 'y/1']);
});
