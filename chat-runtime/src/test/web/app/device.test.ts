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
  assert.equal(place.keeps('draft'), false);
  place.set('draft', 'short');
  assert.deepEqual([place.get('draft'), localStorage.getItem('draft')], ['short', 'short']);
  assert.equal(place.keeps('draft'), true);
});

test('forgets what begins so and nothing else', () => {
  const place = new Place(() => localStorage);
  for (const key of ['x/1', 'x/2', 'y/1']) place.set(key, key);
  place.clear('x/');
  assert.deepEqual(['x/1', 'x/2', 'y/1'].map(key => place.get(key)), [null, null, 'y/1']);
});

test('knows what it has, kept or not, each once', t => {
  const place = new Place(() => localStorage);
  place.set('z/1', 'kept');
  t.mock.method(localStorage, 'setItem', refuse);
  for (const key of ['z/1', 'z/2', 'other']) place.set(key, 'unkept');
  assert.deepEqual(place.keys('z/'), ['z/1', 'z/2']);
});
