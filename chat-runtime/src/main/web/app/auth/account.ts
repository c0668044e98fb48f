import { ChatError, type TokenSource } from '../../client/index.ts';
import { device, tab } from '../model/device.ts';

/** A way to have tokens for the signed-in user. */
export interface Account {
  token: TokenSource;
  forget(): void;
  /** Where the sign-in service ends its own session, if it does: without that, the next sign-in would ask nothing. */
  signOutAddress?(): Promise<string | undefined>;
}

/**
 * Why there is no token. Whoever was too fast, or got the answer of something in between, is signed in all the same and asks again.
 *
 * @param isOver whether the sign-in service says that the sign-in has ended
 */
export function tokenProblem({ status }: Response, isOver: boolean): ChatError {
  return new ChatError(isOver ? 'unauthenticated' : 'unavailable', `sign-in service: HTTP ${status}`, !isOver);
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
