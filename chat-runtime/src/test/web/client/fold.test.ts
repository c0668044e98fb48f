import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fold } from '../../../main/web/client/fold.ts';
import type { ChatEvent } from '../../../main/web/client/protocol.ts';
import { Ranges } from '../../../main/web/client/ranges.ts';
import { message } from './scripted.ts';

const edit = (seq: number, text: string): ChatEvent => ({ seq, time: seq, type: 'edit', from: 'bob', target: 1, text });
const remove = (seq: number): ChatEvent => ({ seq, time: seq, type: 'delete', from: 'bob', target: 1 });
const reaction = (seq: number, from: string, taken = false): ChatEvent => ({ seq, time: seq, type: 'reaction', from, target: 1, emoji: '👍', remove: taken });

const log: ChatEvent[] = [message(1), edit(2, 'b'), reaction(3, 'carol'), reaction(4, 'dave'), reaction(5, 'carol', true), edit(6, 'c')];

test('shows the latest text and who reacts, in whatever order events become known', () => {
  for (const order of [log, [...log].reverse(), [log[3]!, log[0]!, log[5]!, log[1]!, log[4]!, log[2]!]]) {
    const fold = new Fold();
    order.forEach(event => fold.add(event, event.seq));
    const folded = fold.get(1)!;
    assert.deepEqual([folded.text, folded.editedAt, folded.reactions], ['c', 6, { '👍': { count: 1, users: ['dave'] } }]);
  }
});

test('does not apply again what history has folded in', () => {
  const fold = new Fold();
  fold.add(message(1, { text: 'c', editedAt: 6, reactions: { '👍': { count: 1, users: ['dave'] } } }), 6);
  log.slice(1).forEach(event => fold.add(event, event.seq));
  assert.deepEqual([fold.get(1)!.text, fold.get(1)!.reactions], ['c', { '👍': { count: 1, users: ['dave'] } }]);
  fold.add(reaction(7, 'erin'), 7);
  assert.deepEqual(fold.get(1)!.reactions, { '👍': { count: 2, users: ['dave', 'erin'] } });
});

test('counts those who reacted but are not named', () => {
  const fold = new Fold();
  fold.add(message(1, { reactions: { '👍': { count: 500, users: ['a', 'b'] } } }), 9);
  fold.add(reaction(10, 'a', true), 10);
  fold.add(reaction(11, 'erin'), 11);
  assert.deepEqual(fold.get(1)!.reactions, { '👍': { count: 500, users: ['b', 'erin'] } });
});

test('takes a message back for good', () => {
  const fold = new Fold();
  [...log, remove(7), edit(8, 'd'), reaction(9, 'erin')].forEach(event => fold.add(event, event.seq));
  const { deleted, text, reactions } = fold.get(1)!;
  assert.deepEqual([deleted, text, reactions], [true, '', {}]);
});

test('is the same however often an event comes', () => {
  const fold = new Fold();
  [...log, ...log].forEach(event => fold.add(event, event.seq));
  assert.deepEqual(fold.get(1)!.reactions, { '👍': { count: 1, users: ['dave'] } });
});

test('keeps known ranges apart until they meet', () => {
  const ranges = new Ranges();
  ranges.add(5, 6);
  ranges.add(1, 2);
  ranges.add(9, 9);
  assert.deepEqual(ranges.at(6), { from: 5, to: 6 });
  assert.equal(ranges.at(3), undefined);
  ranges.add(3, 4);
  assert.deepEqual(ranges.at(1), { from: 1, to: 6 });
  assert.deepEqual(ranges.last(), { from: 9, to: 9 });
});
