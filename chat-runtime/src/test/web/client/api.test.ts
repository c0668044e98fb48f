import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../../../main/web/client/api.ts';
import { ChatError } from '../../../main/web/client/errors.ts';
import { uploadAvatar } from '../../../main/web/client/upload.ts';
import { ScriptedWorld } from './scripted.ts';

interface Asked { method: string; path: string; token: string; body: unknown }

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

/** An interface whose answers are given out one after the other. */
function answering(...answers: (Response | Error)[]): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const world = new ScriptedWorld();
  world.fetch = async (address, init) => {
    const { pathname, search } = new URL(String(address));
    const headers = (init?.headers ?? {}) as Record<string, string>;
    asked.push({ method: init?.method ?? '', path: pathname + search, token: headers['Authorization'] ?? '', body: typeof init?.body === 'string' ? JSON.parse(init.body) : init?.body });
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('not expected');
    return answer;
  };
  let tokens = 0;
  return { api: new Api('https://chat.example.com/', fresh => fresh ? `fresh${++tokens}` : 'token', world), asked };
}

test('carries the token in the header and names in the path as they are', async () => {
  const { api, asked } = answering(new Response(null, { status: 204 }));
  await api.putMember('r/1', 'b?b', 'member');
  assert.deepEqual(asked, [{ method: 'PUT', path: '/api/v1/rooms/r%2F1/members/b%3Fb', token: 'Bearer token', body: { role: 'member' } }]);
});

test('asks again once, with a fresh token, when the token is refused', async () => {
  const { api, asked } = answering(new Response(null, { status: 401 }), json({ user: 'alice' }));
  assert.deepEqual(await api.me(), { user: 'alice' });
  assert.deepEqual(asked.map(({ token }) => token), ['Bearer token', 'Bearer fresh1']);
  const refused = answering(new Response(null, { status: 401 }), json({ code: 'unauthenticated' }, 401));
  await assert.rejects(refused.api.me(), { code: 'unauthenticated', retryable: false });
});

test('puts pages together', async () => {
  const { api, asked } = answering(json({ members: [{ user: 'a' }], cursor: 'c 1' }), json({ members: [{ user: 'b' }] }));
  assert.deepEqual((await api.members('r')).map(({ user }) => user), ['a', 'b']);
  assert.equal(asked[1]!.path, '/api/v1/rooms/r/members?cursor=c%201');
});

test('tells whether somebody is blocked, and looks no further than they are', async () => {
  const blocks = answering(json({ users: ['a', 'b'], cursor: 'b' }), json({ users: ['c'], cursor: 'c' }));
  assert.equal(await blocks.api.isBlocked('c'), true);
  assert.deepEqual(blocks.asked.map(({ path }) => path), ['/api/v1/users/me/blocks?limit=1000', '/api/v1/users/me/blocks?limit=1000&cursor=b']);
  assert.equal(await answering(json({ users: ['a'] })).api.isBlocked('c'), false);
});

test('gives files no token', async () => {
  const { api, asked } = answering(new Response('picture'));
  assert.equal(await (await api.file('https://store.example.com/p1?signed')).text(), 'picture');
  assert.deepEqual(asked.map(({ path, token }) => [path, token]), [['/p1?signed', '']]);
});

for (const [what, answer, wanted] of [
  ['a problem by its code', json({ code: 'rate_limited', detail: 'slowly', retryAfterMs: 500 }, 429), { code: 'rate_limited', message: 'slowly', retryable: true, retryAfterMs: 500 }],
  ['a proxy that has no service', new Response('<html>', { status: 502 }), { code: 'unavailable', message: 'HTTP 502', retryable: true }],
  ['what is not there', new Response('', { status: 404 }), { code: 'not_found', retryable: false }],
  ['what is not offered', json({ code: 'unsupported', detail: 'no media' }, 501), { code: 'unsupported', retryable: false }],
  ['no answer', new Error('reset'), { code: 'disconnected', retryable: true }],
] as [string, Response | Error, Partial<ChatError>][]) {
  test(`tells ${what}`, async () => {
    await assert.rejects(answering(answer).api.room('r'), (error: ChatError) => {
      assert.ok(error instanceof ChatError);
      for (const [name, value] of Object.entries(wanted)) assert.equal(error[name as keyof ChatError], value);
      return true;
    });
  });
}

test('shows a picture as the own one, and keeps the name', async () => {
  const uploadUrl = 'https://store.example.com/p1';
  const { api, asked } = answering(json({ attachment: 'p1', uploadUrl, headers: {}, expiresAt: 0 }, 201), new Response(), json({ user: 'a', displayName: 'Al' }), json({ user: 'a' }));
  assert.equal(await uploadAvatar(api, { name: 'me.png', type: 'image/png', size: 2, data: new Blob(['me']) }), 'p1');
  assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), ['POST /api/v1/users/me/avatar', 'PUT /p1', 'GET /api/v1/users/me', 'PUT /api/v1/users/me']);
  assert.equal(asked[1]!.token, '');
  assert.deepEqual(asked[3]!.body, { displayName: 'Al', avatar: 'p1' });
});
