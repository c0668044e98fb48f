import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import './browser.ts';

const { clockTime, dayName, dayOf, shortTime } = await import('../../../main/web/app/i18n/formats.ts');

const EVENING = new Date(2026, 10, 29, 23, 59).getTime();
const at = (day: number, hour = 12): number => new Date(2026, 10, day, hour).getTime();

test('counts days as the calendar does where the person is, whatever the clocks do', () => {
  assert.equal(dayOf(at(29, 0)), dayOf(EVENING));
  assert.equal(dayOf(EVENING + 60_000), dayOf(EVENING) + 1);
  const days = Array.from({ length: 366 }, (_, day) => dayOf(new Date(2026, 0, 1 + day).getTime()));
  assert.ok(days.every((day, index) => day === days[0]! + index));
});

test('calls days what people call them, and by their dates when they are long over', () => {
  mock.timers.enable({ apis: ['Date'], now: EVENING });
  assert.equal(dayName(at(29, 0)), 'Today');
  assert.equal(dayName(at(28, 23)), 'Yesterday');
  assert.equal(dayName(at(27)), 'Friday, November 27');
  assert.equal(dayName(new Date(2025, 10, 29).getTime()), 'Nov 29, 2025');
  mock.timers.setTime(EVENING + 60_000);
  assert.equal(dayName(EVENING), 'Yesterday');
  mock.timers.reset();
});

test('says in lists the time of today and the day of all else', () => {
  mock.timers.enable({ apis: ['Date'], now: EVENING });
  assert.equal(shortTime(at(29, 9)), clockTime(at(29, 9)));
  assert.equal(shortTime(at(28)), 'Yesterday');
  assert.equal(shortTime(at(27)), 'Nov 27, 2026');
  mock.timers.reset();
});
