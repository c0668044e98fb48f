import type { TokenSource } from '../../client/index.ts';
import { device, tab } from '../model/device.ts';

/** A way to have tokens for the signed-in user. */
export interface Account {
  token: TokenSource;
  forget(): void;
  /** Where the sign-in service ends its own session, if it does: without that, the next sign-in would ask nothing. */
  signOutAddress?(): Promise<string | undefined>;
}

/** An installed app remembers its user; a tab of a browser forgets with the tab, so that each window may be somebody else. */
const place = matchMedia('(display-mode: standalone)').matches ? device : tab;

export function remembered<T>(key: string): T | null {
  const text = place.get(key);
  return text === null ? null : JSON.parse(text) as T;
}

export function remember(key: string, value: unknown): void {
  place.set(key, JSON.stringify(value));
}

export function forget(...keys: string[]): void {
  keys.forEach(key => place.remove(key));
}
