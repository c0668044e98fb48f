import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';

const { typingText } = await import('../../../main/web/app/view/typing.ts');

test('names one or two who are typing, and counts more', () => {
  assert.equal(typingText([]), '');
  assert.equal(typingText(['Ada']), 'Ada is typing…');
  assert.equal(typingText(['Ada', 'Bob']), 'Ada and Bob are typing…');
  assert.equal(typingText(['Ada', 'Bob', 'Carol']), '3 people are typing…');
});
