import { ChatError } from '../../client/index.ts';
import { expiryOf } from '../../client/token.ts';
import type { AppConfig } from '../config.ts';
import { m } from '../i18n/index.ts';
import { Explained } from '../model/problem.ts';
import { type Account, forget, remember, remembered, tokenProblem } from './account.ts';

interface Tokens { access_token: string; refresh_token?: string; id_token?: string }
interface Provider { authorization_endpoint: string; token_endpoint: string; end_session_endpoint?: string }
/** `place` is where in the page the person wanted to go. */
interface Pending { state: string; verifier: string; place?: string }

const TOKENS = 'oidc';
const PENDING = 'oidc-pending';
const PATIENCE_MS = 20_000;

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function provider(issuer: string): Promise<Provider> {
  const response = await fetch(issuer.replace(/\/$/, '') + '/.well-known/openid-configuration', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!response?.ok) throw ChatError.disconnected('The sign-in service cannot be reached');
  return response.json() as Promise<Provider>;
}

function redirectUri(): string {
  return location.origin + location.pathname;
}

async function tokens(auth: AppConfig['auth'], grant: Record<string, string>): Promise<Tokens> {
  const { token_endpoint } = await provider(auth.issuer ?? '');
  const body = new URLSearchParams({ client_id: auth.clientId ?? '', ...grant });
  const response = await fetch(token_endpoint, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) })
    .catch(() => { throw ChatError.disconnected('The sign-in service cannot be reached'); });
  if (!response.ok) throw tokenProblem(response, await isRefusal(response));
  return response.json() as Promise<Tokens>;
}

/** RFC 6749, 5.2; some services say it with a status of their own, which by itself may be that of anything in between. */
async function isRefusal(response: Response): Promise<boolean> {
  if ([400, 401].includes(response.status)) return true;
  const problem = await response.json().catch(() => null) as { error?: unknown } | null;
  return problem?.error === 'invalid_grant';
}

/** Leaves for the provider's sign-in page (authorization code with PKCE, RFC 7636). */
export async function beginSignIn(auth: AppConfig['auth']): Promise<void> {
  // Browsers have what makes the proof key only where the page cannot be tampered with on its way.
  if (!globalThis.crypto.subtle) throw new Explained(m.needsHttps);
  const { authorization_endpoint } = await provider(auth.issuer ?? '');
  const pending: Pending = { state: randomText(), verifier: randomText(), place: location.hash };
  remember(PENDING, pending);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  const address = new URL(authorization_endpoint);
  address.search = new URLSearchParams({
    ...Object.fromEntries(address.searchParams),
    response_type: 'code',
    client_id: auth.clientId ?? '',
    redirect_uri: redirectUri(),
    scope: auth.scopes ?? 'openid',
    state: pending.state,
    code_challenge: base64Url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(address);
}

/** Takes up the answer of the provider, if the address holds one. */
async function finishSignIn(auth: AppConfig['auth']): Promise<Tokens | null> {
  const query = new URLSearchParams(location.search);
  const code = query.get('code');
  const problem = query.get('error_description') ?? query.get('error');
  if (!code && !problem) return null;
  const pending = remembered<Pending>(PENDING);
  forget(PENDING);
  history.replaceState(null, '', redirectUri() + (pending?.place ?? ''));
  if (problem) throw new ChatError('unauthenticated', problem, false);
  if (!code || pending === null || query.get('state') !== pending.state) return null;
  const answer = await tokens(auth, { grant_type: 'authorization_code', code, redirect_uri: redirectUri(), code_verifier: pending.verifier });
  remember(TOKENS, answer);
  return answer;
}

async function signOutAddress(auth: AppConfig['auth'], idToken: string | undefined): Promise<string | undefined> {
  const { end_session_endpoint } = await provider(auth.issuer ?? '');
  if (!end_session_endpoint) return undefined;
  const address = new URL(end_session_endpoint);
  address.searchParams.set('client_id', auth.clientId ?? '');
  address.searchParams.set('post_logout_redirect_uri', redirectUri());
  if (idToken) address.searchParams.set('id_token_hint', idToken);
  return address.toString();
}

/** A token of another window is as good as a new one for that long at least. */
const SPARE_MS = 30_000;

/** Gets the tokens anew. A provider may take a refresh token only once: one of all the windows asks, and the others take what it got. */
async function renewed(auth: AppConfig['auth'], held: Tokens): Promise<Tokens> {
  const latest = remembered<Tokens>(TOKENS) ?? held;
  if (latest.access_token !== held.access_token && (expiryOf(latest.access_token) ?? 0) > Date.now() + SPARE_MS) return latest;
  if (!latest.refresh_token) return latest;
  return { ...latest, ...await tokens(auth, { grant_type: 'refresh_token', refresh_token: latest.refresh_token }) };
}

function oneAtATime<T>(action: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request(TOKENS, action) as Promise<T> : action();
}

export async function oidcAccount(auth: AppConfig['auth']): Promise<Account | null> {
  const found = await finishSignIn(auth) ?? remembered<Tokens>(TOKENS);
  if (!found) return null;
  let held = found;
  let pending: Promise<string> | undefined;
  let left = false;
  const renew = async (): Promise<string> => {
    held = await oneAtATime(async () => {
      const renewal = await renewed(auth, held);
      // The answer may come to somebody who is leaving, and would let them in again when the provider leads back.
      if (!left) remember(TOKENS, renewal);
      return renewal;
    });
    return held.access_token;
  };
  return {
    token: fresh => fresh ? pending ??= renew().finally(() => { pending = undefined; }) : held.access_token,
    forget: () => {
      left = true;
      forget(TOKENS, PENDING);
    },
    signOutAddress: () => signOutAddress(auth, held.id_token),
  };
}
