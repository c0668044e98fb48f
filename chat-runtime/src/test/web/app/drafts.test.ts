import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elsewhere } from './browser.ts';

const { Drafts, together } = await import('../../../main/web/app/model/drafts.ts');

const ignored = (): void => undefined;

test('leaves alone what another window writes in other rooms', () => {
  const [here, there] = [new Drafts('two', ignored), new Drafts('two', ignored)];
  here.keep('r', { text: 'for r' });
  there.keep('q', { text: 'for q' });
  here.keep('r', { text: 'more for r' });
  assert.deepEqual([here.of('q').text, there.of('r').text], ['for q', 'more for r']);
});

test('tells for which room another window has written, and of no other user', () => {
  const told: string[] = [];
  const drafts = new Drafts('al/ice', room => told.push(room));
  drafts.keep('r', { text: 'hi' });
  elsewhere('draft/al%2Fice/r', '{"text":"hi there"}');
  elsewhere('draft/al/ice/r', '{"text":"of al"}');
  assert.deepEqual([told, drafts.of('r').text], [['r'], 'hi there']);
});

test('has nothing for a room in which nothing is left, and for nobody who has signed out', () => {
  const drafts = new Drafts('gone', ignored);
  drafts.keep('r', { text: '', replyTo: 4 });
  drafts.keep('q', { text: ' ' });
  assert.deepEqual([drafts.has('r'), drafts.has('q')], [true, false]);
  drafts.forget();
  assert.deepEqual([drafts.has('r'), drafts.of('r')], [false, { text: '' }]);
});

test('forgets the draft of one room alone', () => {
  const drafts = new Drafts('five', ignored);
  drafts.keep('r', { text: 'hi' });
  drafts.keep('q', { text: 'ho' });
  drafts.forget('r');
  drafts.keep('q', { text: 'ho ho' });
  assert.deepEqual([drafts.has('r'), drafts.of('q').text], [false, 'ho ho']);
});

test('knows of a file by its name alone that the service has forgotten', () => {
  const before = new Drafts('six', ignored);
  const preview = 'data:image/jpeg,small';
  const [late, there] = [-1, 60_000].map(ms => ({ attachment: { id: 'a1', name: 'a.png', width: 4, preview }, until: Date.now() + ms }));
  before.keep('r', { text: 'hi' });
  before.keepFiles('r', () => [late!, there!]);
  assert.deepEqual(new Drafts('six', ignored).of('r'), { text: 'hi', files: [{ attachment: { id: 'a1', name: 'a.png' }, until: late!.until }, there] });
});

test('keeps nothing any more of who has signed out', () => {
  const drafts = new Drafts('left', ignored);
  drafts.forget();
  drafts.keep('r', { text: 'late' });
  drafts.keepFiles('q', () => [{ attachment: { id: 'a1' }, until: 5 }]);
  assert.deepEqual([drafts.has('r'), drafts.has('q')], [false, false]);
});

test('keeps files beside what is written, whichever of them changes', () => {
  const drafts = new Drafts('three', ignored);
  const files = [{ attachment: { id: 'a1', name: 'a.txt' }, until: 5 }];
  drafts.keepFiles('r', () => files);
  drafts.keep('r', { text: 'hi', replyTo: 4 });
  assert.deepEqual(drafts.of('r'), { text: 'hi', replyTo: 4, files });
  drafts.keep('r', { text: '' });
  assert.deepEqual([drafts.has('r'), drafts.of('r')], [true, { text: '', files }]);
  drafts.keepFiles('r', before => before.filter(({ attachment }) => attachment.id !== 'a1'));
  assert.equal(drafts.has('r'), false);
});

test('shows what was typed last, wherever that was', () => {
  assert.equal(together('hel', 'hello', false), 'hello');
  assert.equal(together('hello', 'bye', false), 'bye');
  assert.equal(together('hello', '', false), '');
});

test('takes nothing away that is being typed, and puts the rest below it', () => {
  assert.equal(together('hel', 'hello', true), 'hello');
  assert.equal(together('helx', 'hello', true), 'helx\nhello');
  assert.equal(together('hello', 'hel', true), 'hello');
  assert.equal(together('hello', '', true), 'hello');
});

test('takes over once what was written under the former key', () => {
  new Drafts('for/mer', ignored).keep('q', { text: 'newer' });
  localStorage.setItem('drafts/for/mer', '{"r":{"text":"hi","replyTo":2},"q":{"text":"older"}}');
  const drafts = new Drafts('for/mer', ignored);
  assert.deepEqual([drafts.of('r'), drafts.of('q').text], [{ text: 'hi', replyTo: 2 }, 'newer']);
  assert.equal(localStorage.getItem('drafts/for/mer'), null);
});
