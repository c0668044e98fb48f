import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import './browser.ts';

const { onNewDay } = await import('../../../main/web/app/view/new-day.ts');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function days(now: Date): { page: EventTarget; begun: number[] } {
  mock.timers.enable({ apis: ['Date', 'setTimeout'], now });
  const page = new EventTarget();
  Object.defineProperty(globalThis, 'document', { value: page, configurable: true });
  const begun: number[] = [];
  onNewDay(() => begun.push(new Date().getDate()));
  return { page, begun };
}

test('says that a day begins at midnight and at the next one, and at no other time', () => {
  const { begun } = days(new Date(2026, 10, 29, 23, 58));
  mock.timers.tick(MINUTE);
  assert.deepEqual(begun, []);
  mock.timers.tick(MINUTE);
  assert.deepEqual(begun, [30]);
  mock.timers.tick(23 * HOUR);
  assert.deepEqual(begun, [30]);
  mock.timers.tick(HOUR);
  assert.deepEqual(begun, [30, 1]);
  mock.timers.reset();
});

test('says so on a device that slept over midnight as soon as its page is looked at', () => {
  const { page, begun } = days(new Date(2026, 10, 29, 23, 58));
  page.dispatchEvent(new Event('visibilitychange'));
  assert.deepEqual(begun, []);
  mock.timers.setTime(new Date(2026, 11, 2, 9).getTime());
  page.dispatchEvent(new Event('visibilitychange'));
  page.dispatchEvent(new Event('visibilitychange'));
  assert.deepEqual(begun, [2]);
  mock.timers.reset();
});
