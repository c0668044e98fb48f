import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, settled } from '../client/scripted.ts';
import { appOf, direct } from './app.ts';
import { follow, place } from './browser.ts';

const { followAddress, inviteLink, lookedFor } = await import('../../../main/web/app/model/address.ts');

test('keeps an invitation in the address until there is a chat, which the way back leaves', async () => {
  const { app, world } = await appOf([entry()]);
  const told: string[] = [];
  app.on('notice', ({ text }) => told.push(text));
  world.fetch = async () => new Response('', { status: 503 });
  follow('#/with/bob');
  followAddress(app);
  await settled();
  assert.deepEqual([told.length, app.current, place.hash], [1, null, '#/with/bob']);
  world.fetch = async () => Response.json(direct('d', 'bob'));
  follow('#/with/bob');
  await settled();
  assert.deepEqual([app.current?.id, place.hash], ['d', '#/room/d']);
  follow('#/with/bob');
  await settled();
  assert.equal(place.hash, '#/room/d');
  history.back();
  assert.deepEqual([app.current, place.hash], [null, '']);
});

test('forgets an invitation when another chat is opened', async () => {
  const { app, client, world } = await appOf([entry()]);
  world.fetch = async () => new Response('', { status: 503 });
  follow('#/with/bob');
  followAddress(app);
  await settled();
  app.open(client.rooms.get('r')!);
  assert.equal(place.hash, '#/room/r');
  history.back();
  assert.deepEqual([app.current, place.hash], [null, '']);
});

test('takes an invitation that is pasted for the one who gave it away', () => {
  assert.equal(lookedFor(` ${inviteLink('auth0|bob')}\n`), 'auth0|bob');
  assert.equal(lookedFor(' Bob B '), 'Bob B');
  assert.equal(lookedFor('https://elsewhere.example.com/#/with/bob'), 'https://elsewhere.example.com/#/with/bob');
});
