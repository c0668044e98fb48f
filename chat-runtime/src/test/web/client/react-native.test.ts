import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ChatClient, IndexedDbStorage } from '../../../main/web/client/index.ts';
import { validityOf } from '../../../main/web/client/token.ts';
import { connected, entry, events, push, ScriptedSocket, settled, texts } from './scripted.ts';

/** What browsers and Node have, and React Native or an older release of it has not. */
const MISSING = ['atob', 'btoa', 'crypto', 'structuredClone', 'TextEncoder', 'TextDecoder', 'URL', 'Event', 'EventTarget', 'indexedDB', 'Intl', 'Response'];
const MISSING_OF_LISTS = ['at', 'toSorted', 'toReversed', 'with', 'findLastIndex', 'group'];

const sockets: ScriptedSocket[] = [];

class Socket extends ScriptedSocket {
  constructor(url: string, protocol: string) {
    super(url, protocol);
    sockets.push(this);
  }
}

class Request {
  readonly upload: { onprogress?(event: { lengthComputable: boolean; loaded: number; total: number }): void } = {};
  readonly status = 200;
  onload?(): void;
  open(): void {}
  setRequestHeader(): void {}

  send(): void {
    this.upload.onprogress?.({ lengthComputable: true, loaded: 2, total: 5 });
    setImmediate(() => this.onload?.());
  }
}

const place = { attachment: 'a1', uploadUrl: 'https://store/', headers: {}, expiresAt: 0 };
const PROVIDED = { WebSocket: Socket, XMLHttpRequest: Request, fetch: async () => ({ ok: true, status: 201, json: async () => place }) };

const restore: (() => void)[] = [];

function replace(owner: object, name: string, value: unknown): void {
  const known = Object.getOwnPropertyDescriptor(owner, name);
  restore.push(() => known ? Object.defineProperty(owner, name, known) : Reflect.deleteProperty(owner, name));
  Reflect.deleteProperty(owner, name);
  if (value !== undefined) Object.defineProperty(owner, name, { value, configurable: true });
}

before(() => {
  for (const [name, value] of Object.entries(PROVIDED)) replace(globalThis, name, value);
  for (const name of MISSING) replace(globalThis, name, undefined);
  for (const name of MISSING_OF_LISTS) replace(Array.prototype, name, undefined);
  replace(AbortSignal, 'timeout', undefined);
});

after(() => restore.reverse().forEach(action => action()));

async function letIn(tail: number): Promise<ScriptedSocket> {
  const socket = sockets[sockets.length - 1]!;
  socket.accept();
  socket.answer('connect', connected([entry({ tail })]));
  await settled();
  return socket;
}

test('connects, pages, sends, and resumes after a loss with what React Native has', async t => {
  const chat = new ChatClient({ url: 'https://chat.example.com', token: () => 'token', user: 'alice' });
  // Its timers would keep the process, also where the test fails.
  t.after(() => chat.stop());
  await chat.start();
  await settled();
  const first = await letIn(2);
  const paging = chat.older(chat.rooms.get('r')!);
  first.answer('history', { events: events(1, 2), more: false });
  await paging;
  first.push(push(events(3, 3)));
  assert.deepEqual(texts(chat), ['text 1', 'text 2', 'text 3']);

  chat.send('r', 'Hello');
  await settled();
  assert.match(String(first.last('send')['send']!['clientMessageId']), /^[0-9a-f]{32}$/);
  first.answer('send', { seq: 4, time: 4, duplicate: false });
  first.drop();
  chat.send('r', 'Still there?');
  chat.retryNow();
  await settled();

  const second = await letIn(4);
  assert.deepEqual(second.last('connect')['connect']!['resume'], { r: 4 });
  second.answer('send', { seq: 5, time: 5, duplicate: false });
  await settled();
  assert.deepEqual(texts(chat), ['text 1', 'text 2', 'text 3', 'Hello', 'Still there?']);
});

test('uploads a file and tells the progress with what React Native has', async () => {
  const chat = new ChatClient({ url: 'https://chat.example.com', token: () => 'token' });
  const shares: number[] = [];
  const file = { name: 'note.txt', type: 'text/plain', size: 5, data: new Blob(['hello']) };
  const attachment = await chat.upload('r', file, { onProgress: share => shares.push(share) });
  assert.equal(attachment.id, 'a1');
  assert.deepEqual(shares, [0.4]);
});

test('reads when a token expires where nothing decodes base64', () => {
  const payload = Buffer.from(JSON.stringify({ sub: '지수', iat: 1_000, exp: 1_600 })).toString('base64url');
  assert.equal(validityOf(`h.${payload}.s`, 1_100_000), 500_000);
});

test('says that nothing is kept where there is no IndexedDB', async t => {
  const chat = new ChatClient({ url: 'https://chat.example.com', token: () => 'token', user: 'alice', storage: new IndexedDbStorage() });
  t.after(() => chat.stop());
  const told: string[] = [];
  chat.on('problem', ({ message }) => told.push(message));
  await chat.start();
  assert.equal(told.length, 1);
});
