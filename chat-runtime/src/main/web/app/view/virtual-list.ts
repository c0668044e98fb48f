import { h, onFrame } from './dom.ts';
import { type Anchor, AT_END_PX, type Place, RowPlaces } from './row-places.ts';

interface Keyed { readonly key: string; readonly version: string }

const OVERSCAN_PX = 600;

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
  readonly #places = new RowPlaces<Row>();
  readonly #shown = new Map<string, { version: string; element: HTMLElement }>();
  readonly #resizes = new ResizeObserver(onFrame(() => this.#layout()));
  #ends = true;
  /** Of the view, as it was laid out last. */
  #height = 0;
  #anchor: Anchor | null | 'end' = 'end';

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
    this.#places.show(rows);
    this.#ends = ends;
    this.#layout();
  }

  /** For another list altogether. */
  reset(): void {
    // Rows of the other list may have the same keys.
    for (const [key, { element }] of this.#shown) this.#drop(key, element);
    this.#places.forget();
    this.#anchor = 'end';
  }

  toEnd(): void {
    this.#anchor = 'end';
    this.#layout();
  }

  /** Brings a row into view, a third down from the top. @returns whether there is such a row */
  reveal(key: string): boolean {
    if (this.#places.indexOf(key) === undefined) return false;
    this.#anchor = { key, offset: this.element.clientHeight / 3 };
    this.#layout();
    return true;
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.#shown.get(key)?.element;
  }

  /** The row before or after another one for which the condition holds, brought into view. */
  step(from: string | undefined, direction: 1 | -1, wanted: (row: Row) => boolean): Row | undefined {
    const index = this.#places.step(from, direction, wanted);
    if (index === undefined) return undefined;
    const anchor = this.#places.anchorFor(index, this.element.scrollTop, this.element.clientHeight);
    if (anchor) {
      this.#anchor = anchor;
      this.#layout();
    }
    return this.#places.rows[index];
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // What has changed its size since is laid out anew in a moment: who was at the end still is.
    const atEnd = this.#ends && scrollTop + Math.max(this.#height, clientHeight) >= Math.min(this.#places.total, scrollHeight) - AT_END_PX;
    this.#anchor = atEnd ? 'end' : this.#places.anchorAt(scrollTop, this.#stays);
    this.#layout();
  }

  #layout(): void {
    this.#height = this.element.clientHeight;
    if (this.#height === 0) return;
    // Heights are known only once rows exist; a second or third look is enough, since estimates do not come back.
    for (let look = 0; look < 4; look++) {
      this.#places.update();
      const top = this.#wantedTop();
      this.#renderBetween(this.#places.indexAt(top - OVERSCAN_PX), this.#places.indexAt(top + this.#height + OVERSCAN_PX));
      if (!this.#measureRows()) break;
    }
    this.#places.update();
    this.#size();
    const top = this.#wantedTop();
    if (Math.abs(this.element.scrollTop - top) >= 1) this.element.scrollTop = top;
    const place = this.#places.place(this.element.scrollTop, this.#height);
    if (place) this.#moved(place);
  }

  #wantedTop(): number {
    return this.#places.viewTop(this.#anchor, this.element.scrollTop, this.element.clientHeight);
  }

  #renderBetween(first: number, last: number): void {
    const wanted = this.#places.rows.slice(first, last + 1);
    const keys = new Set(wanted.map(row => row.key));
    for (const [key, { element }] of this.#shown) {
      if (keys.has(key) || isWatched(element)) continue;
      if (element.contains(document.activeElement)) {
        if (this.#places.indexOf(key) !== undefined) continue;
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
      if (this.#places.measured(key, element.getBoundingClientRect().height)) changed = true;
    }
    return changed;
  }

  #window: [number, number] = [0, 0];

  #size(first = this.#window[0], last = this.#window[1]): void {
    this.#window = [first, last];
    this.#above.style.height = `${this.#places.top(first)}px`;
    this.#below.style.height = `${Math.max(0, this.#places.total - this.#places.top(last + 1))}px`;
  }
}

/** A video that fills the screen, or has a window of its own, would leave it if it were moved. */
function isWatched(element: HTMLElement): boolean {
  return [document.fullscreenElement, document.pictureInPictureElement].some(video => video && element.contains(video));
}
