import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeText } from '../../../main/web/app/view/notice.ts';

const names: Record<string, string> = { alice: 'Alice', bob: 'Bob' };
const told = (event: { type: 'joined' | 'left' | 'role'; from: string; user: string; role?: 'readonly' }): string =>
  noticeText({ seq: 1, time: 1, ...event }, 'alice', user => names[user]!);

test('has words of their own for what the reader did and for what was done to them', () => {
  assert.equal(told({ type: 'joined', from: 'alice', user: 'bob' }), 'You added Bob');
  assert.equal(told({ type: 'joined', from: 'bob', user: 'alice' }), 'Bob added you');
  assert.equal(told({ type: 'left', from: 'alice', user: 'alice' }), 'You left');
  assert.equal(told({ type: 'left', from: 'bob', user: 'alice' }), 'Bob removed you');
  assert.equal(told({ type: 'role', from: 'bob', user: 'alice', role: 'readonly' }), 'You are now read only');
});

test('names others', () => {
  assert.equal(told({ type: 'joined', from: 'bob', user: 'bob' }), 'Bob joined');
  assert.equal(told({ type: 'role', from: 'alice', user: 'bob', role: 'readonly' }), 'Bob is now read only');
});
