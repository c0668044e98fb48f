/** A row, and how far below the beginning of the view it stays. */
export interface Anchor { readonly key: string; readonly offset: number }

export interface Place {
  /** Keys of the first and last rows in view. */
  first: string;
  last: string;
  nearStart: boolean;
  nearEnd: boolean;
  atEnd: boolean;
}

const ESTIMATE_PX = 56;
const NEAR_PX = 800;
export const AT_END_PX = 8;

/** Where the rows of a list are: how high those are that were measured, and what is thought of the others. */
export class RowPlaces<Row extends { readonly key: string }> {
  readonly #heights = new Map<string, number>();
  #rows: readonly Row[] = [];
  #indexes = new Map<string, number>();
  #tops: number[] = [0];

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Replaces the rows. What was measured of one holds for that of the same key, of which there is one: the last. */
  show(rows: readonly Row[]): void {
    this.#rows = [...new Map(rows.map(row => [row.key, row])).values()];
    this.#indexes = new Map(this.#rows.map((row, index) => [row.key, index]));
    this.update();
  }

  /** For another list altogether, whose rows may have the same keys. */
  forget(): void {
    this.#heights.clear();
  }

  /** Counts from the next update on. @returns whether the row is of another height than was thought */
  measured(key: string, height: number): boolean {
    if (height <= 0 || Math.abs((this.#heights.get(key) ?? -1) - height) < 0.5) return false;
    this.#heights.set(key, height);
    return true;
  }

  update(): void {
    const tops = [0];
    let sum = 0;
    for (const { key } of this.#rows) tops.push(sum += this.#heights.get(key) ?? ESTIMATE_PX);
    this.#tops = tops;
  }

  /** How high all rows are together. */
  get total(): number {
    return this.top(this.#rows.length);
  }

  /** Where a row begins; beyond the last one, where that ends. */
  top(index: number): number {
    return this.#tops[Math.min(index, this.#rows.length)]!;
  }

  indexOf(key: string): number | undefined {
    return this.#indexes.get(key);
  }

  /** The row that something that far down belongs to: the first or the last one for what is outside. */
  indexAt(top: number): number {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle]! <= top) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** The row before or after another one for which the condition holds; without the other one, the last for which it does. */
  step(from: string | undefined, direction: 1 | -1, wanted: (row: Row) => boolean): number | undefined {
    const known = from === undefined ? undefined : this.#indexes.get(from);
    for (let index = (known ?? this.#rows.length) + direction; index >= 0 && index < this.#rows.length; index += direction) {
      if (wanted(this.#rows[index]!)) return index;
    }
    return undefined;
  }

  /** What keeps a row where it is in a view; a row that does not stay leaves that to the next that does. */
  anchorAt(viewTop: number, stays: (row: Row) => boolean): Anchor | null {
    let index = this.indexAt(viewTop);
    while (index < this.#rows.length - 1 && !stays(this.#rows[index]!)) index++;
    const row = this.#rows[index];
    return row ? { key: row.key, offset: this.top(index) - viewTop } : null;
  }

  /** What brings a row into a view of that height, with some room beside it; null where it is in view as a whole. */
  anchorFor(index: number, viewTop: number, height: number): Anchor | null {
    const top = this.top(index);
    const bottom = this.top(index + 1);
    if (top >= viewTop && bottom <= viewTop + height) return null;
    return { key: this.#rows[index]!.key, offset: top < viewTop ? 8 : height - (bottom - top) - 8 };
  }

  /** Where a view of that height begins, for the anchor to be where it says; `now` where there is no such row. */
  viewTop(anchor: Anchor | null | 'end', now: number, height: number): number {
    const end = Math.max(0, this.total - height);
    if (anchor === 'end') return end;
    const index = anchor === null ? undefined : this.#indexes.get(anchor.key);
    if (anchor === null || index === undefined) return Math.min(now, end);
    return Math.min(end, Math.max(0, this.top(index) - anchor.offset));
  }

  /** What a view of that height shows; null of an empty list. */
  place(viewTop: number, height: number): Place | null {
    if (this.#rows.length === 0) return null;
    return {
      first: this.#rows[this.indexAt(viewTop)]!.key,
      last: this.#rows[this.indexAt(viewTop + height - AT_END_PX)]!.key,
      nearStart: viewTop < NEAR_PX,
      nearEnd: viewTop + height > this.total - NEAR_PX,
      atEnd: viewTop + height >= this.total - AT_END_PX,
    };
  }
}
