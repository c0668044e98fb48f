import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';

const { Uploads } = await import('../../../main/web/app/model/uploads.ts');

test('says that a message takes no more files', async () => {
  const { app, client } = await appOf([entry()]);
  const told: string[] = [];
  app.on('notice', ({ text }) => told.push(text));
  const room = client.rooms.get('r')!;
  const uploads = new Uploads(app, () => undefined);
  uploads.add(room, Array.from({ length: 20 }, (_, n) => new File(['x'], `${n}.txt`)));
  assert.deepEqual([uploads.of(room).length, told], [20, []]);
  uploads.add(room, [new File(['x'], 'more.txt')]);
  assert.deepEqual([uploads.of(room).length, told], [20, ['A message takes 20 files at most.']]);
  await settled();
});
