import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Api } from '../../../main/web/client/api.ts';
import { ChatError } from '../../../main/web/client/errors.ts';
import { upload } from '../../../main/web/client/upload.ts';
import { ScriptedWorld } from './scripted.ts';

interface Put { headers: IncomingMessage['headers']; body: string }

/** A service that gives out places, and the store it sends files to. */
async function serving(status: number, run: (api: Api, puts: Put[], announced: unknown[]) => Promise<void>): Promise<void> {
  const puts: Put[] = [];
  const announced: unknown[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (request.method === 'POST') {
      announced.push(JSON.parse(body));
      response.end(JSON.stringify({ attachment: 'a1', uploadUrl: base() + '/store', headers: { 'content-type': 'text/plain' }, expiresAt: 0 }));
    } else {
      puts.push({ headers: request.headers, body });
      response.statusCode = status;
      response.end();
    }
  });
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const world = new ScriptedWorld();
  world.fetch = fetch;
  try {
    await run(new Api(base(), () => 'token', world), puts, announced);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const note = { name: 'note.txt', type: 'text/plain', size: 5, data: new Blob(['hello']) };

test('announces a file, puts it at the place with the headers that are signed, and tells the progress', async () => {
  await serving(200, async (api, puts, announced) => {
    const shares: number[] = [];
    const attachment = await upload(api, 'r', note, { onProgress: share => shares.push(share) });
    assert.deepEqual(announced, [{ name: 'note.txt', contentType: 'text/plain', bytes: 5 }]);
    assert.deepEqual(attachment, { id: 'a1', name: 'note.txt', contentType: 'text/plain', bytes: 5 });
    assert.equal(puts[0]!.body, 'hello');
    assert.equal(puts[0]!.headers['content-type'], 'text/plain');
    assert.equal(puts[0]!.headers.authorization, undefined);
    assert.deepEqual(shares, [1]);
  });
});

test('says that the store refused the file', async () => {
  await serving(403, async api => {
    await assert.rejects(upload(api, 'r', note), (error: ChatError) => error.code === 'invalid' && !error.retryable);
  });
});

test('does not upload what was cancelled', async () => {
  await serving(200, async (api, puts) => {
    await assert.rejects(upload(api, 'r', note, { signal: AbortSignal.abort() }), (error: ChatError) => error.code === 'cancelled');
    assert.equal(puts.length, 0);
  });
});

test('stops an upload that is under way', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const store = createServer((request, response) => {
    begin();
    request.on('close', end);
    response.on('error', () => undefined);
  });
  await new Promise<void>(resolve => store.listen(0, '127.0.0.1', resolve));
  const world = new ScriptedWorld();
  const uploadUrl = `http://127.0.0.1:${(store.address() as AddressInfo).port}/`;
  world.fetch = async (address, init) => init?.method === 'PUT' ? fetch(address, init) : new Response(JSON.stringify({ attachment: 'a1', uploadUrl, headers: {}, expiresAt: 0 }));
  const abort = new AbortController();
  const under = upload(new Api('http://chat.example.com', () => 'token', world), 'r', note, { signal: abort.signal });
  await begun;
  abort.abort();
  await assert.rejects(under, (error: ChatError) => error.code === 'cancelled');
  await ended;
  store.close();
  store.closeAllConnections();
});
