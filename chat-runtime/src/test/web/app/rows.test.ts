import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Room } from '../../../main/web/client/room.ts';
import { type History, rowsOf, type RowsInput } from '../../../main/web/app/model/rows.ts';
import { entry, events } from '../client/scripted.ts';

function input(more: Partial<RowsInput> = {}): RowsInput {
  const room = new Room(entry({ tail: 3 }));
  room.timeline.page(events(1, 3), {});
  return { room, me: 'alice', items: room.timeline.items({ from: 1, to: 3 }), unsent: [], unreadFrom: null, begins: false, history: 'coming', names: 0, ...more };
}

test('says whether older messages come, and anew when that changes', () => {
  const first = (history: History) => rowsOf(input({ history }))[0]!;
  const offline = first('offline');
  assert.ok(offline.kind === 'loading' && offline.history === 'offline');
  assert.notEqual(first('failed').version, offline.version);
});

test('draws the line before the first message of others that is not read', () => {
  const kinds = rowsOf(input({ unreadFrom: 2 })).map(row => row.kind === 'message' ? row.seq : row.kind);
  assert.deepEqual(kinds.filter(kind => kind !== 'day'), ['loading', 1, 'unread', 2, 3]);
});

test('keeps the code of why a message was not sent, for words in the language of the person', () => {
  const failed = { room: 'r', clientMessageId: 'c1', text: 'hi', attachments: [], createdAt: 4, state: 'failed', problem: { code: 'forbidden', message: 'English' } } as const;
  const last = rowsOf(input({ unsent: [failed] })).at(-1)!;
  assert.ok(last.kind === 'message' && last.problem === 'forbidden');
});
