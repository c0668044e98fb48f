import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';

const { isComposing, letterOf } = await import('../../../main/web/app/view/dom.ts');

const key = (more: Partial<KeyboardEvent>): KeyboardEvent => ({ isComposing: false, keyCode: 13, key: 'Enter', code: 'Enter', ...more }) as KeyboardEvent;

test('knows the keys with which somebody writes a letter of Korean or Japanese', () => {
  assert.deepEqual([key({}), key({ isComposing: true }), key({ keyCode: 229 })].map(isComposing), [false, true, true]);
});

test('takes a key for the Latin letter on it, and one of another layout for what it writes', () => {
  assert.equal(letterOf(key({ key: 'ㄱ', code: 'KeyR' })), 'r');
  assert.equal(letterOf(key({ key: 'r', code: 'KeyP' })), 'r');
  assert.equal(letterOf(key({ key: '+', code: 'BracketRight' })), '+');
  assert.equal(letterOf(key({ key: 'Delete', code: 'Delete' })), 'Delete');
});
