import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatClient, Room, Member } from '../../../main/web/client/index.ts';
import './browser.ts';

const { Members } = await import('../../../main/web/app/model/members.ts');

const member = (user: string): Member => ({ user, role: 'member', read: 0 }) as Member;

test('goes by what was asked last, whichever is answered first', async () => {
  const answers: ((members: Member[]) => void)[] = [];
  const client = { on: () => () => undefined, api: { members: () => new Promise(resolve => answers.push(resolve)) } } as unknown as ChatClient;
  const members = new Members(client, () => true, () => undefined);
  const room = { id: 'g-1', hasRead: () => undefined } as unknown as Room;

  const before = members.load(room);
  const after = members.load(room);
  answers[1]?.([member('alice')]);
  await after;
  answers[0]?.([member('alice'), member('bob')]);
  await before;

  assert.deepEqual(members.of(room).map(({ user }) => user), ['alice']);
});
