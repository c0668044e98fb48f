import { ChatError } from '../../client/index.ts';
import { type Account, forget, remember, remembered, tokenProblem } from './account.ts';

const KEY = 'name';

/** Sign-in by name alone, where a development service gives out tokens for the asking. */
export function namedAccount(tokenUrl: string, user: string | null = remembered<string>(KEY)): Account | null {
  if (!user) return null;
  let token: string | undefined;
  const ask = async (): Promise<string> => {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user }),
    }).catch(() => {
      throw ChatError.disconnected('The sign-in service cannot be reached');
    });
    if (!response.ok) throw tokenProblem(response, [400, 401, 403].includes(response.status));
    token = (await response.json() as { token: string }).token;
    remember(KEY, user);
    return token;
  };
  return {
    token: fresh => fresh || token === undefined ? ask() : token,
    forget: () => forget(KEY),
  };
}
