import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RowPlaces } from '../../../main/web/app/view/row-places.ts';

const HEIGHT = 100;
const VIEW = 250;

/** A list of rows of one height, with keys that begin at a number. */
function rows(count: number, from = 0): { key: string }[] {
  return Array.from({ length: count }, (_, n) => ({ key: `k${from + n}` }));
}

function measured(count: number): RowPlaces<{ key: string }> {
  const places = new RowPlaces<{ key: string }>();
  places.show(rows(count));
  for (const { key } of places.rows) places.measured(key, HEIGHT);
  places.update();
  return places;
}

const any = (): boolean => true;

test('knows which row is where, also above the first and below the last', () => {
  const places = measured(5);
  assert.equal(places.total, 500);
  assert.deepEqual([-50, 0, 99, 100, 499, 500, 9_999].map(top => places.indexAt(top)), [0, 0, 0, 1, 4, 4, 4]);
  assert.deepEqual([places.top(2), places.top(5), places.top(6)], [200, 500, 500]);
});

test('finds nothing in an empty list, and does not fail', () => {
  const places = measured(0);
  assert.deepEqual([places.total, places.indexAt(10), places.place(0, VIEW), places.anchorAt(0, any), places.viewTop('end', 70, VIEW)], [0, 0, null, null, 0]);
});

test('says once that a row is of another height than was thought, and nothing of what is hardly one', () => {
  const places = measured(3);
  assert.deepEqual([places.measured('k1', HEIGHT), places.measured('k1', HEIGHT + 0.4), places.measured('k1', 0)], [false, false, false]);
  assert.equal(places.measured('k1', 40), true);
  places.update();
  assert.equal(places.total, 240);
});

test('keeps what was measured when rows are added, and forgets it for another list', () => {
  const places = measured(2);
  places.show(rows(3));
  const guessed = places.total - 200;
  assert.ok(guessed > 0);
  places.forget();
  places.show(rows(3));
  assert.equal(places.total, 3 * guessed);
});

test('keeps a row where it is in the view while others come before it and grow', () => {
  const places = measured(10);
  const anchor = places.anchorAt(320, any);
  assert.deepEqual(anchor, { key: 'k3', offset: -20 });
  places.show([...rows(2, -2), ...rows(10)]);
  for (const key of ['k-2', 'k-1']) places.measured(key, 35);
  places.measured('k0', 150);
  places.update();
  assert.equal(places.viewTop(anchor, 320, VIEW), 320 + 2 * 35 + 50);
});

test('is held by the first row in view that stays between its neighbours', () => {
  assert.deepEqual(measured(5).anchorAt(0, ({ key }) => key !== 'k0' && key !== 'k1'), { key: 'k2', offset: 200 });
});

test('begins the view no further down than its end allows, and not above the first row', () => {
  const places = measured(5);
  assert.deepEqual([places.viewTop({ key: 'k4', offset: 0 }, 0, VIEW), places.viewTop({ key: 'k0', offset: 80 }, 90, VIEW)], [250, 0]);
  assert.deepEqual([places.viewTop('end', 0, VIEW), places.viewTop('end', 0, 900)], [250, 0]);
});

test('stays where it is when the row has gone that held it, or none did', () => {
  const places = measured(5);
  assert.deepEqual([places.viewTop({ key: 'gone', offset: 9 }, 120, VIEW), places.viewTop(null, 120, VIEW), places.viewTop(null, 400, VIEW)], [120, 120, 250]);
});

test('brings into view what is above or below, and leaves alone what is in it', () => {
  const places = measured(10);
  assert.equal(places.anchorFor(4, 400, VIEW), null);
  assert.deepEqual(places.anchorFor(3, 320, VIEW), { key: 'k3', offset: 8 });
  assert.deepEqual(places.anchorFor(6, 400, VIEW), { key: 'k6', offset: VIEW - HEIGHT - 8 });
});

test('goes from row to row over those that are not wanted, and begins at the last', () => {
  const places = measured(4);
  const wanted = ({ key }: { key: string }): boolean => key !== 'k1';
  assert.deepEqual([places.step('k2', -1, wanted), places.step('k0', 1, wanted), places.step(undefined, -1, any), places.step('gone', -1, any)], [0, 2, 3, 3]);
  assert.deepEqual([places.step('k3', 1, any), places.step('k0', -1, any)], [undefined, undefined]);
});

test('tells what is in view, and how near the ends are', () => {
  const places = measured(30);
  assert.deepEqual(places.place(0, VIEW), { first: 'k0', last: 'k2', nearStart: true, nearEnd: false, atEnd: false });
  assert.deepEqual(places.place(1_300, VIEW), { first: 'k13', last: 'k15', nearStart: false, nearEnd: false, atEnd: false });
  assert.deepEqual(places.place(2_745, VIEW), { first: 'k27', last: 'k29', nearStart: false, nearEnd: true, atEnd: true });
});

test('takes rows of one key for one row', () => {
  const places = new RowPlaces<{ key: string; text?: string }>();
  places.show([{ key: 'a', text: 'first' }, { key: 'b' }, { key: 'a', text: 'last' }]);
  assert.deepEqual(places.rows, [{ key: 'a', text: 'last' }, { key: 'b' }]);
  assert.deepEqual(['a', 'b'].map(key => places.indexOf(key)), [0, 1]);
});
