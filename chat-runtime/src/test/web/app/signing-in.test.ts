import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers, place } from './browser.ts';

const { oidcAccount, beginSignIn } = await import('../../../main/web/app/auth/oidc.ts');
const { namedAccount } = await import('../../../main/web/app/auth/named.ts');
const { loadConfig } = await import('../../../main/web/app/config.ts');
const { invitedBy } = await import('../../../main/web/app/model/address.ts');

const auth = { mode: 'oidc', issuer: 'https://id.example.com', clientId: 'web' } as const;
const jwt = (name: string, expiresInSeconds: number): string =>
  `${name}.${btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + expiresInSeconds }))}.`;
const remembered = (): { access_token: string } => JSON.parse(sessionStorage.getItem('oidc')!);
const remember = (access_token: string, refresh_token: string): void =>
  sessionStorage.setItem('oidc', JSON.stringify({ access_token, refresh_token }));

/** A provider that takes each refresh token once. @returns the refresh tokens that were used */
function provider(): string[] {
  const used: string[] = [];
  answers((url, init) => {
    if (url.endsWith('/openid-configuration')) return Response.json({ token_endpoint: 'https://id.example.com/token', authorization_endpoint: 'https://id.example.com/auth' });
    const token = (init!.body as URLSearchParams).get('refresh_token')!;
    if (used.includes(token)) return new Response('invalid_grant', { status: 400 });
    used.push(token);
    return Response.json({ access_token: jwt(`new${used.length}`, 300), refresh_token: `r${used.length + 1}` });
  });
  return used;
}

test('uses a refresh token once, however many ask for a fresh token at a time', async () => {
  const used = provider();
  remember(jwt('old', 0), 'r1');
  const account = (await oidcAccount(auth))!;
  const [one, other] = await Promise.all([account.token(true), account.token(true)]);
  assert.equal(one, other);
  assert.deepEqual(used, ['r1']);
  assert.equal(remembered().access_token, one);
  assert.notEqual(await account.token(true), one);
  assert.deepEqual(used, ['r1', 'r2']);
});

test('takes the token that another window got meanwhile, unless that has expired as well', async () => {
  const used = provider();
  remember(jwt('old', 0), 'r1');
  const account = (await oidcAccount(auth))!;
  const theirs = jwt('theirs', 300);
  remember(theirs, 'theirs1');
  assert.equal(await account.token(true), theirs);
  assert.deepEqual(used, []);
  remember(jwt('expired', 0), 'theirs2');
  await account.token(true);
  assert.deepEqual(used, ['theirs2']);
});

for (const [what, account, final] of [
  ['an OpenID provider', () => oidcAccount(auth), [400, 401]],
  ['the application', async () => namedAccount('/token', 'alice'), [400, 401, 403]],
] as [string, () => ReturnType<typeof oidcAccount>, number[]][]) {
  test(`takes a sign-in for ended where ${what} says so, and asks again after any other answer`, async () => {
    remember(jwt('old', 0), 'r1');
    for (const status of [400, 401, 403, 404, 408, 429, 500, 503]) {
      answers(url => url.endsWith('/openid-configuration') ? Response.json({ token_endpoint: 'https://id.example.com/token' }) : new Response('', { status }));
      const isOver = final.includes(status);
      const held = (await account())!;
      await assert.rejects(async () => held.token(true), { code: isOver ? 'unauthenticated' : 'unavailable', retryable: !isOver }, String(status));
    }
  });
}

test('takes a sign-in for ended where the provider says so with a status of its own', async () => {
  remember(jwt('old', 0), 'r1');
  answers(url => url.endsWith('/openid-configuration')
    ? Response.json({ token_endpoint: 'https://id.example.com/token' })
    : Response.json({ error: 'invalid_grant' }, { status: 403 }));
  const held = (await oidcAccount(auth))!;
  await assert.rejects(async () => held.token(true), { code: 'unauthenticated' });
});

test('remembers no token that comes once the person has left', async () => {
  provider();
  remember(jwt('old', 0), 'r1');
  const account = (await oidcAccount(auth))!;
  const fresh = account.token(true);
  account.forget();
  await fresh;
  assert.equal(sessionStorage.getItem('oidc'), null);
});

test('says that signing in needs https where the browser has no proof keys', async () => {
  provider();
  const whole = globalThis.crypto;
  Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues: whole.getRandomValues.bind(whole) }, configurable: true });
  await assert.rejects(beginSignIn(auth), /https/);
  Object.defineProperty(globalThis, 'crypto', { value: whole, configurable: true });
});

test('does not take a service that is away for one that asks for tokens', async () => {
  answers(() => new Response('', { status: 503 }));
  await assert.rejects(loadConfig());
  answers(() => Promise.reject(new TypeError('no network')));
  await assert.rejects(loadConfig());
  answers(() => new Response('', { status: 404 }));
  assert.equal((await loadConfig()).auth.mode, 'token');
});

test('lets people bring a token where the page is no client of the provider', async () => {
  answers(() => Response.json({ auth: { mode: 'oidc', issuer: 'https://id.example.com' } }));
  assert.equal((await loadConfig()).auth.mode, 'token');
  answers(() => Response.json({ auth }));
  assert.equal((await loadConfig()).auth.mode, 'oidc');
});

test('leads back to where the person wanted to go, also when they have not signed in there', async () => {
  provider();
  for (const answer of ['error=access_denied&state=s', 'code=c&state=another']) {
    sessionStorage.clear();
    sessionStorage.setItem('oidc-pending', JSON.stringify({ state: 's', verifier: 'v', place: '#/with/bob' }));
    history.replaceState(null, '', `/?${answer}`);
    await oidcAccount(auth).catch(() => null);
    assert.deepEqual([place.search, invitedBy()], ['', 'bob']);
  }
});

test('takes a broken invitation for none', () => {
  place.hash = '#/with/%';
  assert.equal(invitedBy(), null);
  place.hash = '#/with/bob%7C1';
  assert.equal(invitedBy(), 'bob|1');
});
