import { Fold, isChange, type Message } from './fold.ts';
import { last } from './last.ts';
import type { ChatEvent, MemberEvent, MessageEvent, RoomEvent } from './protocol.ts';
import { Ranges, type Range } from './ranges.ts';

/** What a list of a room shows: messages as they stand, and what happened to the room. */
export type TimelineItem = { readonly kind: 'message'; readonly message: Message } | { readonly kind: 'notice'; readonly event: MemberEvent | RoomEvent };

/** The known events of a room: one stretch up to the present, and others where somebody looked further back. */
export class Timeline {
  readonly #events = new Map<number, ChatEvent>();
  readonly #ranges = new Ranges();
  readonly #fold = new Fold();
  #position: number;
  #first: number | undefined;

  /** @param position the last sequence before the first live event */
  constructor(position: number) {
    this.#position = position;
  }

  /** The last sequence up to which nothing is missing: where to resume. */
  get position(): number {
    return this.#position;
  }

  /** The first sequence there is, once known. */
  get first(): number | undefined {
    return this.#first;
  }

  /** Goes on from a sequence without what lies between: history has it. */
  jumpTo(position: number): void {
    this.#position = Math.max(this.#position, position);
    this.#advance();
  }

  /**
   * Events as they happen.
   *
   * @returns those that were not known, and whether some before them are missing
   */
  live(events: readonly ChatEvent[]): { fresh: ChatEvent[]; hole: boolean } {
    const fresh = events.filter(event => !this.#ranges.at(event.seq));
    for (const event of fresh) this.#add(event, event.seq);
    if (fresh.length > 0) this.#ranges.add(fresh[0]!.seq, last(fresh)!.seq);
    this.#advance();
    return { fresh, hole: (last(events)?.seq ?? 0) > this.#position };
  }

  /**
   * A page of history that covers all from `from` (or its first event) to `to` (or its last).
   *
   * @param asked the position when it was asked for: the service may have read it before what was pushed since
   */
  page(events: readonly ChatEvent[], cover: { from?: number; to?: number; first?: boolean }, asked = this.#position): void {
    const asOf = Math.max(asked, last(events)?.seq ?? 0);
    for (const event of events) this.#add(event, asOf);
    const from = cover.from ?? events[0]?.seq;
    const to = cover.to ?? last(events)?.seq;
    if (from !== undefined && to !== undefined) this.#ranges.add(from, to);
    if (cover.first) this.#first = events[0]?.seq ?? (to === undefined ? 1 : to + 1);
    this.#advance();
  }

  /** A message that is known without what is around it. */
  single(event: MessageEvent): void {
    this.#fold.add(event, event.seq);
  }

  /** The known stretch around a sequence; without one, the stretch that reaches the present. */
  range(around?: number): Range | undefined {
    return this.#ranges.at(around ?? this.#position);
  }

  /** What there is in a known stretch; without one, in that which reaches the present. */
  items(range = this.range()): TimelineItem[] {
    const items: TimelineItem[] = [];
    if (!range) return items;
    for (let seq = range.from; seq <= range.to; seq++) {
      const event = this.#events.get(seq);
      if (!event || isChange(event)) continue;
      const message = this.#fold.get(seq);
      if (message) items.push({ kind: 'message', message });
      else if (event.type === 'joined' || event.type === 'left' || event.type === 'role' || event.type === 'room') items.push({ kind: 'notice', event });
    }
    return items;
  }

  message(seq: number): Message | undefined {
    return this.#fold.get(seq);
  }

  /** When the newest event was that is known without a hole before it. */
  get time(): number | undefined {
    return this.#events.get(this.#position)?.time;
  }

  lastMessage(): Message | undefined {
    const range = this.range();
    for (let seq = range?.to ?? 0; seq >= (range?.from ?? 1); seq--) {
      const message = this.#fold.get(seq);
      if (message) return message;
    }
    return undefined;
  }

  /** The newest events without a hole, to be kept for when there is no network. */
  recent(count: number): ChatEvent[] {
    const range = this.range();
    if (!range) return [];
    const events: ChatEvent[] = [];
    for (let seq = Math.max(range.from, range.to - count + 1); seq <= range.to; seq++) {
      const event = this.#events.get(seq);
      const message = this.#fold.get(seq);
      if (event?.type === 'message' && message) events.push({ ...event, ...message, attachments: [...message.attachments], reactions: { ...message.reactions } });
      else if (event) events.push(event);
    }
    return events;
  }

  /** Forgets all but the newest events, and one message: history has them. */
  release(count: number, kept: number): void {
    const range = this.range();
    const before = range ? Math.max(range.from, range.to - count + 1) : this.#position + 1;
    for (const seq of this.#events.keys()) if (seq < before) this.#events.delete(seq);
    this.#ranges.release(before);
    this.#fold.release(before, kept);
  }

  #add(event: ChatEvent, asOf: number): void {
    this.#events.set(event.seq, event);
    this.#fold.add(event, asOf);
  }

  #advance(): void {
    this.#position = Math.max(this.#position, this.#ranges.at(this.#position + 1)?.to ?? 0, this.#ranges.at(this.#position)?.to ?? 0);
  }
}
