import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attachment } from '../../../main/web/client/index.ts';
import { entry, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';

const FILES: Attachment[] = [{ id: 'a1', name: 'a.txt' }, { id: 'a2', name: 'b.txt' }];

/** Somebody who sends a message with files, which the service refuses for a reason. */
async function refused(text: string, attachments: Attachment[], code: string, reason: string) {
  const { app, client, world } = await appOf([entry()]);
  const told: string[] = [];
  app.on('notice', notice => told.push(notice.text));
  client.send('r', text, { attachments });
  await settled();
  world.socket.push({ id: world.socket.last('send').id, error: { code, message: reason, retryable: false } });
  await settled();
  const unsent = (): unknown[] => client.outbox.of('r').map(message => [message.text, message.attachments.map(({ id }) => id), message.state]);
  return { client, world, told, unsent };
}

test('takes out of a message the file for which it is refused, says so, and leaves the rest to the person', async () => {
  const { client, world, told, unsent } = await refused('hi', FILES, 'invalid', 'attachments: a1 is not an upload of yours for this room');
  assert.deepEqual([unsent(), told], [[['hi', ['a2'], 'failed']], ['a.txt was not sent: the chat does not take it, or does not have it any more.']]);
  client.outbox.retry(client.outbox.of('r')[0]!.clientMessageId);
  await settled();
  assert.deepEqual(world.socket.last('send')['send']?.['attachments'], ['a2']);
});

test('leaves nothing of a message that was the refused file alone', async () => {
  const { told, unsent } = await refused('', FILES.slice(0, 1), 'invalid', 'attachments: a1 was not uploaded');
  assert.deepEqual([unsent(), told.length], [[], 1]);
});

test('leaves the files to a message that is refused for something else', async () => {
  for (const [code, reason] of [['forbidden', 'a1'], ['invalid', 'text: is a mess']] as const) {
    const { told, unsent } = await refused('hi', FILES, code, reason);
    assert.deepEqual([unsent(), told], [[['hi', ['a1', 'a2'], 'failed']], []]);
  }
});
