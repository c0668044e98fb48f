import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';
import { follow, place } from './browser.ts';

const { followAddress } = await import('../../../main/web/app/model/address.ts');

test('opens by a link a chat that is not in the list, and says so when there is none', async () => {
  const { app } = await appOf([entry()], { '/rooms/far': entry({ room: 'far' }) });
  const told: string[] = [];
  app.on('notice', ({ text }) => told.push(text));
  followAddress(app);
  follow('#/room/far');
  await settled();
  assert.deepEqual([app.current?.id, app.current?.live, told], ['far', false, []]);
  follow('#/room/none');
  await settled();
  assert.deepEqual([app.current?.id, place.hash, told], ['far', '#/room/far', ['That does not exist, or not for you.']]);
  app.close();
});
