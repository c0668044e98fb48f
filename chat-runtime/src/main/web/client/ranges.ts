import { last } from './last.ts';

export interface Range { readonly from: number; readonly to: number }

/** Which sequences are known: disjoint ranges, ascending, never adjacent. */
export class Ranges {
  #ranges: Range[] = [];

  add(from: number, to: number): void {
    if (to < from) return;
    let merged: Range = { from, to };
    const apart: Range[] = [];
    for (const range of this.#ranges) {
      if (range.to + 1 < merged.from || merged.to + 1 < range.from) apart.push(range);
      else merged = { from: Math.min(range.from, merged.from), to: Math.max(range.to, merged.to) };
    }
    this.#ranges = [...apart, merged].sort((a, b) => a.from - b.from);
  }

  /** The range that holds the sequence. */
  at(seq: number): Range | undefined {
    return this.#ranges.find(range => range.from <= seq && seq <= range.to);
  }

  /** Forgets what was before a sequence. */
  release(before: number): void {
    this.#ranges = this.#ranges.filter(({ to }) => to >= before).map(({ from, to }) => ({ from: Math.max(from, before), to }));
  }

  last(): Range | undefined {
    return last(this.#ranges);
  }
}
