import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';

const { isEmojiOnly } = await import('../../../main/web/app/view/text.ts');
const { leadsHere } = await import('../../../main/web/app/model/address.ts');

test('knows a message of up to three emoji, however each is made up', () => {
  for (const text of ['👍', '❤️', '👍🏽 🎉', '👩🏾‍🚀', '👨‍👩‍👧‍👦', '🇰🇷', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '3️⃣', '🇰🇷🇯🇵🇺🇸']) assert.equal(isEmojiOnly(text), true, text);
});

test('does not take words, numbers, letters of flags or a row of emoji for such a message', () => {
  for (const text of ['', 'ok', '3', '#1', '🇰', '👍👍👍👍', 'yes 👍']) assert.equal(isEmojiOnly(text), false, text);
});

test('knows the addresses that lead to a place in this app', () => {
  assert.deepEqual(['#/room/r', '#/with/bob', '', '#other', 'q#/room/r'].map(place => leadsHere('https://chat.example.com/' + place)), [true, true, false, false, false]);
  assert.equal(leadsHere('https://evil.example.com/#/room/r'), false);
});
