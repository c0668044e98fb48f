import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../../main/web/client/errors.ts';
import { closeText, codeText, Explained, problemText } from '../../../main/web/app/model/problem.ts';

test('explains by the code, not by what the service says', () => {
  assert.equal(problemText(new ChatError('forbidden', 'role lacks SEND', false)), 'You may not do that here.');
  assert.equal(problemText(new TypeError('x is undefined')), codeText('internal'));
  assert.equal(problemText(new Explained('In your language')), 'In your language');
});

test('has words for codes that it does not know', () => {
  assert.equal(codeText('of tomorrow'), codeText('internal'));
  assert.equal(codeText('constructor'), codeText('internal'));
});

test('tells a refused sign-in from other ends of a connection', () => {
  assert.match(closeText(4500), /signed out/);
  assert.match(closeText(4502), /too often/);
  assert.match(closeText(4503), /Reload/);
});
