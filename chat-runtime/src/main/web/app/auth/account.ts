import type { TokenSource } from '../../client/index.ts';

/** A way to have tokens for the signed-in user. */
export interface Account {
  token: TokenSource;
  forget(): void;
  /** Where the sign-in service ends its own session, if it does: without that, the next sign-in would ask nothing. */
  signOutAddress?(): Promise<string | undefined>;
}

/** An installed app remembers its user; a tab of a browser forgets with the tab, so that each window may be somebody else. */
const place: Storage = matchMedia('(display-mode: standalone)').matches ? localStorage : sessionStorage;

export function remembered<T>(key: string): T | null {
  const text = place.getItem(key);
  return text === null ? null : JSON.parse(text) as T;
}

export function remember(key: string, value: unknown): void {
  place.setItem(key, JSON.stringify(value));
}

export function forget(...keys: string[]): void {
  keys.forEach(key => place.removeItem(key));
}
