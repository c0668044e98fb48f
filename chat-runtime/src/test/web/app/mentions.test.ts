import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begunMention, partsOf } from '../../../main/web/app/model/mentions.ts';

const people = ['alice', 'alice-b', 'auth0|x', 'bob@example.com', 'c.d'];
const mentioned = (text: string): string[] =>
  partsOf(text, user => people.includes(user)).flatMap(part => part.kind === 'mention' ? [part.user] : []);
const whole = (text: string): string =>
  partsOf(text, user => people.includes(user)).map(part => part.kind === 'mention' ? '@' + part.user : part.text).join('');

test('finds whoever is mentioned, whatever their id is made of', () => {
  assert.deepEqual(mentioned('@alice, @auth0|x. (@bob@example.com) and @c.d!'), ['alice', 'auth0|x', 'bob@example.com', 'c.d']);
});

test('takes the longest id, and none that ends within a word', () => {
  assert.deepEqual(mentioned('@alice-b @alicex @alice-bc'), ['alice-b', 'alice']);
});

test('goes on right after a mention in languages that write no space there', () => {
  assert.deepEqual(mentioned('@alice님 안녕하세요'), ['alice']);
});

test('leaves addresses of mail alone, and strangers', () => {
  assert.deepEqual(mentioned('mail alice@c.d or @nobody'), []);
});

test('leaves links whole, also beside mentions', () => {
  const text = 'See https://example.com/@alice, @alice:https://example.com';
  assert.deepEqual(partsOf(text, user => people.includes(user)).map(({ kind }) => kind), ['text', 'address', 'text', 'mention', 'text', 'address']);
  assert.equal(whole(text), text);
});

test('keeps every letter of a text that is all signs, without asking for ever', () => {
  let asked = 0;
  const text = '@,'.repeat(30_000);
  const parts = partsOf(text, () => { asked++; return false; });
  assert.deepEqual(parts, [{ kind: 'text', text }]);
  assert.ok(asked <= 2_000);
});

test('knows what is begun in any script', () => {
  assert.equal(begunMention('안녕 @민'), '민');
  assert.equal(begunMention('@auth0|'), 'auth0|');
  assert.equal(begunMention('mail@a'), undefined);
});
