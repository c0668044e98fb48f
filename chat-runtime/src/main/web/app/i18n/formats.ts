import { language, m } from './index.ts';

const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', month: 'long', day: 'numeric' });
const date = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
const list = new Intl.ListFormat(language, { type: 'conjunction' });
const DAY_MS = 86_400_000;

/** The day in the person's own time zone, as a number that grows by one each day. */
export function dayOf(time: number): number {
  const at = new Date(time);
  return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY_MS);
}

export const clockTime = (time: number): string => clock.format(time);
export const fullTime = (time: number): string => full.format(time);
export const listed = (names: readonly string[]): string => list.format(names);

export function dayName(time: number): string {
  const ago = dayOf(Date.now()) - dayOf(time);
  if (ago === 0) return m.today;
  if (ago === 1) return m.yesterday;
  return ago < 180 ? weekday.format(time) : date.format(time);
}

/** Short, for lists: the time of today, or the day. */
export function shortTime(time: number): string {
  const ago = dayOf(Date.now()) - dayOf(time);
  if (ago === 0) return clockTime(time);
  return ago === 1 ? m.yesterday : date.format(time);
}

export function fileSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const power = Math.min(3, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)));
  return new Intl.NumberFormat(language, { style: 'unit', unit: units[power], unitDisplay: 'short', maximumFractionDigits: power ? 1 : 0 })
    .format(bytes / 1000 ** power);
}
