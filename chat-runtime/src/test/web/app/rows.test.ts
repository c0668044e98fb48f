import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Room } from '../../../main/web/client/room.ts';
import { type History, type Row, rowsOf, type RowsInput } from '../../../main/web/app/model/rows.ts';
import { entry, events, message } from '../client/scripted.ts';

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

test('says the day before the first message of each, and anew when another day begins', () => {
  const noon = new Date(2026, 10, 29, 12).getTime();
  const DAY = 86_400_000;
  mock.timers.enable({ apis: ['Date'], now: noon });
  const room = new Room(entry({ tail: 3 }));
  room.timeline.page([message(1, { time: noon - 2 * DAY }), message(2, { time: noon - DAY }), message(3, { time: noon - DAY })], {});
  const unsent = [{ room: 'r', clientMessageId: 'c1', text: 'hi', attachments: [], createdAt: noon, state: 'queued' }] as const;
  const rows = (): Row[] => rowsOf(input({ room, items: room.timeline.items({ from: 1, to: 3 }), unsent }));
  const days = (): string[] => rows().flatMap(row => row.kind === 'day' ? [row.version] : []);
  assert.deepEqual(rows().map(row => row.kind === 'message' ? row.text : row.kind), ['loading', 'day', 'text 1', 'day', 'text 2', 'text 3', 'day', 'hi']);
  const before = days();
  mock.timers.setTime(noon + DAY);
  assert.ok(days().every((version, index) => version !== before[index]));
  mock.timers.reset();
});

test('says each day once, also where a clock is behind around midnight', () => {
  const midnight = new Date(2026, 10, 29).getTime();
  const room = new Room(entry({ tail: 4 }));
  room.timeline.page([-60_000, 1, -1, 2].map((offset, index) => message(index + 1, { time: midnight + offset })), {});
  const unsent = [{ room: 'r', clientMessageId: 'c1', text: 'slow', attachments: [], createdAt: midnight - 5, state: 'queued' }] as const;
  const rows = rowsOf(input({ room, items: room.timeline.items({ from: 1, to: 4 }), unsent }));
  assert.deepEqual(rows.map(row => row.kind === 'message' ? row.text : row.kind), ['loading', 'day', 'text 1', 'day', 'text 2', 'text 3', 'text 4', 'slow']);
});

test('has keys of their own for several messages of one id, also while older ones come', () => {
  const room = new Room(entry({ tail: 4 }));
  room.timeline.page([1, 2, 3, 4].map(seq => message(seq, { from: 'alice', clientMessageId: 'fixed' })), {});
  const unsent = [{ room: 'r', clientMessageId: 'fixed', text: 'hi', attachments: [], createdAt: 5, state: 'queued', triedAfter: 0, triedAt: 5 }] as const;
  const keys = (from: number, more: Partial<RowsInput> = {}): string[] =>
    rowsOf(input({ room, items: room.timeline.items({ from, to: 4 }), ...more })).flatMap(row => row.kind === 'message' ? [row.key] : []);
  assert.deepEqual(keys(3), ['s3', 'cfixed']);
  assert.deepEqual(keys(1), ['s1', 's2', 's3', 'cfixed']);
  assert.deepEqual(keys(3, { unsent }), ['s3', 's4', 'cfixed']);
});
