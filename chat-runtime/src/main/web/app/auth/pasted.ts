import { type Account, forget, remember, remembered } from './account.ts';

const KEY = 'token';

/** A token that somebody has pasted: there is no other when it expires. */
export function pastedAccount(token: string | null = remembered<string>(KEY)): Account | null {
  if (!token) return null;
  remember(KEY, token);
  return { token: () => token, forget: () => forget(KEY) };
}
