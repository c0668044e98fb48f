import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ScriptedSocket, settled } from '../client/scripted.ts';
import { place } from './browser.ts';
import { body } from './elements.ts';

const { Entrance, leave } = await import('../../../main/web/app/entrance.ts');

const sockets: ScriptedSocket[] = [];
Object.assign(globalThis, {
  WebSocket: class extends ScriptedSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol);
      sockets.push(this);
    }
  },
});

beforeEach(() => {
  Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_000 });
  body.replaceChildren();
  sockets.length = 0;
});

afterEach(() => mock.timers.reset());

const entrance = (): InstanceType<typeof Entrance> =>
  new Entrance({ auth: { mode: 'oidc' }, limits: { messageBytesMax: 100 }, media: false, version: '' });

/** Somebody who comes in, and how often they were asked for a token. */
function account() {
  const token = mock.fn(() => 'token');
  return { token, forget: () => undefined };
}

test('lets in whoever came last alone, while the chat is still being reached', async () => {
  const [door, alice, bob] = [entrance(), account(), account()];
  for (const who of [alice, bob]) {
    await door.letIn(who);
    await settled();
  }
  assert.deepEqual(sockets.map(socket => socket.closedByClient), [true, false]);
  sockets[1]!.drop();
  mock.timers.tick(60_000);
  dispatchEvent(new Event('online'));
  await settled();
  assert.deepEqual([alice, bob].map(({ token }) => token.mock.callCount()), [1, 2]);
});

test('says beside the form why somebody is not let in yet', async () => {
  const door = entrance();
  door.showSignIn('');
  await door.letIn(account());
  await settled();
  sockets[0]!.drop();
  assert.match(String(body.byId('login-error')!.textContent), /^No connection\. Next try in 1 s\.$/);
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  await door.letIn(account());
  assert.equal(body.byId('login-error')!.textContent, 'You are offline.');
});

test('says why it takes long to who comes without a form, and lets them try at once', async () => {
  await entrance().letIn(account());
  await settled();
  assert.equal(body.byId('waiting'), null);
  sockets[0]!.drop();
  const view = body.byId('waiting')!;
  assert.match(view.textContent, /No connection\. Next try in 1 s\. Try now$/);
  mock.timers.tick(1_000);
  await settled();
  assert.match(view.textContent, /Connecting…/);
  sockets[1]!.drop();
  assert.equal(body.byId('waiting'), view);
});

test('knows on the next page that the device has not forgotten who has signed out', async () => {
  const reload = mock.fn();
  Object.assign(place, { reload });
  for (const isForgotten of [true, false]) {
    await leave({ user: 'alice', stop: async () => isForgotten }, account());
    assert.equal(localStorage.getItem('left/alice') === null, isForgotten);
  }
  assert.equal(reload.mock.callCount(), 2);
});
