import { dayOf } from '../i18n/formats.ts';

/** Milliseconds until the day ends where the person is; days are not all of the same length. */
function leftOf(now: Date): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
}

/** Runs whenever another day begins, for what is said of times; on a device that slept then, when its page is looked at again. */
export function onNewDay(action: () => void): void {
  let day = dayOf(Date.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    // Timers may be early by a moment, and clocks are put right: each look is followed by another one.
    timer = setTimeout(look, leftOf(new Date()));
    if (dayOf(Date.now()) === day) return;
    day = dayOf(Date.now());
    action();
  };
  document.addEventListener('visibilitychange', look);
  look();
}
