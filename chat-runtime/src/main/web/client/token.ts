/** Gives a token for a user who is signed in; `fresh` when the last one has expired or was refused. */
export type TokenSource = (fresh: boolean) => string | Promise<string>;

/** When the token expires, epoch milliseconds; undefined for what is not a JWT with `exp`. The service alone verifies it. */
export function expiryOf(token: string): number | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { exp?: number };
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
