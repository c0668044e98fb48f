import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../../main/web/client/storage.ts';
import './browser.ts';

const { forgetLeftBehind, markLeft, unmarkLeft } = await import('../../../main/web/app/model/left-behind.ts');

async function kept(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  for (const user of ['alice', 'bob']) await storage.set(`${user}/outbox/1`, user);
  return storage;
}

test('forgets what the device has kept of who has signed out, and of nobody else', async () => {
  const storage = await kept();
  assert.equal(await forgetLeftBehind(storage), true);
  markLeft('alice');
  assert.equal(await forgetLeftBehind(storage), true);
  assert.deepEqual(await storage.all(''), ['bob']);
});

test('says that the device does not forget, and has it forget later', async () => {
  const storage = await kept();
  const clear = storage.clear.bind(storage);
  storage.clear = () => Promise.reject(new Error('stuck'));
  markLeft('alice');
  assert.equal(await forgetLeftBehind(storage), false);
  storage.clear = clear;
  assert.equal(await forgetLeftBehind(storage), true);
  assert.deepEqual(await storage.all(''), ['bob']);
});

test('keeps what is theirs again of who has come back', async () => {
  const storage = await kept();
  markLeft('alice');
  unmarkLeft('alice');
  assert.equal(await forgetLeftBehind(storage), true);
  assert.deepEqual(await storage.all(''), ['alice', 'bob']);
});
