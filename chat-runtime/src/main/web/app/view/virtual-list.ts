import { h, onFrame } from './dom.ts';

interface Keyed { readonly key: string; readonly version: string }
interface Anchor { key: string; offset: number }

export interface Place {
  /** Keys of the first and last rows in view. */
  first: string;
  last: string;
  nearStart: boolean;
  nearEnd: boolean;
  atEnd: boolean;
}

const OVERSCAN_PX = 600;
const NEAR_PX = 800;
const AT_END_PX = 8;

/**
 * A long list of which only the rows near the view exist. What is in view stays where it is, whatever is added, removed or
 * grows above and below; at the end, the end stays in view.
 */
export class VirtualList<Row extends Keyed> {
  readonly element: HTMLElement;
  readonly #list = h('ol', { class: 'rows' });
  readonly #above = h('div', { class: 'spacer' });
  readonly #below = h('div', { class: 'spacer' });
  readonly #render: (row: Row, before?: HTMLElement) => HTMLElement;
  readonly #moved: (place: Place) => void;
  readonly #stays: (row: Row) => boolean;
  readonly #heights = new Map<string, number>();
  readonly #shown = new Map<string, { version: string; element: HTMLElement }>();
  readonly #resizes = new ResizeObserver(onFrame(() => this.#layout()));
  #rows: readonly Row[] = [];
  #ends = true;
  #indexes = new Map<string, number>();
  #offsets: number[] = [0];
  #estimate = 56;
  #pinned = true;
  /** Of the view, as it was laid out last. */
  #height = 0;
  #anchor: Anchor | null = null;

  /**
   * @param render makes a row's element, maybe with parts of the one before, which goes
   * @param moved told of what is in view
   * @param stays whether a row stays between its neighbours, whatever is added; not so what says that more is to come
   */
  constructor(element: HTMLElement, render: (row: Row, before?: HTMLElement) => HTMLElement, moved: (place: Place) => void, stays: (row: Row) => boolean) {
    this.element = element;
    this.#render = render;
    this.#moved = moved;
    this.#stays = stays;
    element.append(this.#above, this.#list, this.#below);
    element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#resizes.observe(element);
  }

  /**
   * Replaces the rows. Rows of the same key are the same row: they are made anew only when their version differs.
   *
   * @param ends whether nothing comes after them that is only not here yet
   */
  show(rows: readonly Row[], ends = true): void {
    this.#rows = rows;
    this.#ends = ends;
    this.#indexes = new Map(rows.map((row, index) => [row.key, index]));
    this.#layout();
  }

  /** For another list altogether. */
  reset(): void {
    // Rows of the other list may have the same keys.
    for (const [key, { element }] of this.#shown) this.#drop(key, element);
    this.#heights.clear();
    this.#anchor = null;
    this.#pinned = true;
  }

  toEnd(): void {
    this.#pinned = true;
    this.#layout();
  }

  /** Brings a row into view, a third down from the top. @returns whether there is such a row */
  reveal(key: string): boolean {
    if (!this.#indexes.has(key)) return false;
    this.#pinned = false;
    this.#anchor = { key, offset: this.element.clientHeight / 3 };
    this.#layout();
    return true;
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.#shown.get(key)?.element;
  }

  /** The row before or after another one for which the condition holds, brought into view. */
  step(from: string | undefined, direction: 1 | -1, wanted: (row: Row) => boolean): Row | undefined {
    let index = from === undefined ? this.#rows.length : this.#indexes.get(from) ?? this.#rows.length;
    for (index += direction; index >= 0 && index < this.#rows.length; index += direction) {
      const row = this.#rows[index]!;
      if (!wanted(row)) continue;
      this.#bringIntoView(index);
      return row;
    }
    return undefined;
  }

  #bringIntoView(index: number): void {
    const top = this.#offsets[index]!;
    const bottom = this.#offsets[index + 1]!;
    const view = this.element.scrollTop;
    if (top >= view && bottom <= view + this.element.clientHeight) return;
    this.#pinned = false;
    this.#anchor = { key: this.#rows[index]!.key, offset: top < view ? 8 : this.element.clientHeight - (bottom - top) - 8 };
    this.#layout();
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // What has changed its size since is laid out anew in a moment: who was at the end still is.
    this.#pinned = this.#ends && scrollTop + Math.max(this.#height, clientHeight) >= Math.min(this.#total, scrollHeight) - AT_END_PX;
    let index = this.#indexAt(scrollTop);
    while (index < this.#rows.length - 1 && !this.#stays(this.#rows[index]!)) index++;
    const row = this.#rows[index];
    this.#anchor = row ? { key: row.key, offset: this.#offsets[index]! - scrollTop } : null;
    this.#layout();
  }

  #layout(): void {
    this.#height = this.element.clientHeight;
    if (this.#height === 0) return;
    // Heights are known only once rows exist; a second or third look is enough, since estimates do not come back.
    for (let look = 0; look < 4; look++) {
      this.#measureOffsets();
      const top = this.#wantedTop();
      this.#renderBetween(this.#indexAt(top - OVERSCAN_PX), this.#indexAt(top + this.element.clientHeight + OVERSCAN_PX));
      if (!this.#measureRows()) break;
    }
    this.#measureOffsets();
    this.#size();
    const top = this.#wantedTop();
    if (Math.abs(this.element.scrollTop - top) >= 1) this.element.scrollTop = top;
    this.#tell();
  }

  /** How high all rows are together. */
  get #total(): number {
    return this.#offsets[this.#rows.length]!;
  }

  #wantedTop(): number {
    const end = Math.max(0, this.#total - this.element.clientHeight);
    if (this.#pinned) return end;
    const index = this.#anchor === null ? undefined : this.#indexes.get(this.#anchor.key);
    if (index === undefined) return Math.min(this.element.scrollTop, end);
    return Math.min(end, Math.max(0, this.#offsets[index]! - this.#anchor!.offset));
  }

  #measureOffsets(): void {
    const offsets = [0];
    let sum = 0;
    for (const { key } of this.#rows) offsets.push(sum += this.#heights.get(key) ?? this.#estimate);
    this.#offsets = offsets;
  }

  #indexAt(top: number): number {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#offsets[middle]! <= top) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  #renderBetween(first: number, last: number): void {
    const wanted = this.#rows.slice(first, last + 1);
    const keys = new Set(wanted.map(row => row.key));
    for (const [key, { element }] of this.#shown) {
      if (keys.has(key) || isWatched(element)) continue;
      if (element.contains(document.activeElement)) {
        if (this.#indexes.has(key)) continue;
        this.#focus();
      }
      this.#drop(key, element);
    }
    // Made first: a row that is made anew takes the place of its element.
    const elements = wanted.map(row => this.#elementFor(row));
    let next = this.#list.firstElementChild;
    for (const element of elements) {
      if (element === next) next = next.nextElementSibling;
      else this.#list.insertBefore(element, next);
    }
    // A row that holds the focus, or is watched, stays, out of the flow, until that is over.
    for (const [key, { element }] of this.#shown) element.classList.toggle('parked', !keys.has(key));
    this.#size(first, last);
  }

  #elementFor(row: Row): HTMLElement {
    const shown = this.#shown.get(row.key);
    if (shown && (shown.version === row.version || isWatched(shown.element))) return shown.element;
    const focused = shown?.element.contains(document.activeElement);
    const element = this.#render(row, shown?.element);
    if (shown) {
      this.#resizes.unobserve(shown.element);
      shown.element.replaceWith(element);
      if (focused) this.#focus(element);
    }
    this.#shown.set(row.key, { version: row.version, element });
    this.#resizes.observe(element);
    return element;
  }

  /** Who was in a row that is gone for good, or has nothing to press any more, goes on from the list. */
  #focus(row?: HTMLElement): void {
    row?.focus({ preventScroll: true });
    if (document.activeElement !== row) this.element.focus({ preventScroll: true });
  }

  #drop(key: string, element: HTMLElement): void {
    this.#resizes.unobserve(element);
    element.remove();
    this.#shown.delete(key);
  }

  /** @returns whether a row is of another height than was thought */
  #measureRows(): boolean {
    let changed = false;
    for (const [key, { element }] of this.#shown) {
      if (element.classList.contains('parked')) continue;
      const height = element.getBoundingClientRect().height;
      if (height > 0 && Math.abs((this.#heights.get(key) ?? -1) - height) >= 0.5) {
        this.#heights.set(key, height);
        changed = true;
      }
    }
    return changed;
  }

  #window: [number, number] = [0, 0];

  #size(first = this.#window[0], last = this.#window[1]): void {
    this.#window = [first, last];
    this.#above.style.height = `${this.#offsets[Math.min(first, this.#rows.length)]!}px`;
    this.#below.style.height = `${Math.max(0, this.#total - this.#offsets[Math.min(last + 1, this.#rows.length)]!)}px`;
  }

  #tell(): void {
    if (this.#rows.length === 0) return;
    const { scrollTop, clientHeight } = this.element;
    this.#moved({
      first: this.#rows[this.#indexAt(scrollTop)]!.key,
      last: this.#rows[this.#indexAt(scrollTop + clientHeight - AT_END_PX)]!.key,
      nearStart: scrollTop < NEAR_PX,
      nearEnd: scrollTop + clientHeight > this.#total - NEAR_PX,
      atEnd: scrollTop + clientHeight >= this.#total - AT_END_PX,
    });
  }
}

/** A video that fills the screen, or has a window of its own, would leave it if it were moved. */
function isWatched(element: HTMLElement): boolean {
  return [document.fullscreenElement, document.pictureInPictureElement].some(video => video && element.contains(video));
}
