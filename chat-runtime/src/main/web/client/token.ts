/** Gives a token for a user who is signed in; `fresh` when the last one has expired or was refused. */
export type TokenSource = (fresh: boolean) => string | Promise<string>;

interface Claims { exp?: number; iat?: number }

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Older React Native has no `atob`; what is no ASCII is not looked at. */
function decoded(base64url: string): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const character of base64url) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) break;
    value = value << 6 | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    text += String.fromCharCode(value >> bits & 0xff);
  }
  return text;
}

/** What the token says of itself; nothing where it is not a JWT. The service alone verifies it. */
function claimsOf(token: string): Claims {
  try {
    return JSON.parse(decoded(token.split('.')[1] ?? '')) as Claims;
  } catch {
    return {};
  }
}

/** When the token expires, epoch milliseconds; undefined for what is not a JWT with `exp`. */
export function expiryOf(token: string): number | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : undefined;
}

const LIFETIME_MS = 5 * 60_000;

/**
 * For how many milliseconds a token that the service has just taken is good; undefined where that is for ever. A device whose clock
 * is wrong would take it for expired, or for good long after: then it is what the token was made for.
 */
export function validityOf(token: string, now: number): number | undefined {
  const expiry = expiryOf(token);
  if (expiry === undefined) return undefined;
  const { iat } = claimsOf(token);
  const left = expiry - now;
  const lifetime = typeof iat === 'number' ? expiry - iat * 1000 : Math.max(left, LIFETIME_MS);
  return left > 0 ? Math.min(left, lifetime) : lifetime;
}
