import type { Message } from './fold.ts';
import type { ChatEvent, Role, RoomEntry, RoomKind } from './protocol.ts';
import { Timeline } from './timeline.ts';

const UNREAD_MAX = 1_000;
/** The newest events of a room, which stay on the device, and here when nobody looks at the room. */
export const EVENTS_KEPT = 200;

/** A room as the user sees it, kept up to date by the client; read it, never write it. */
export class Room {
  readonly id: string;
  readonly kind: RoomKind;
  name: string | undefined;
  role: Role;
  /** A direct room's other user, once known. */
  other: string | undefined;
  muted = false;
  /** Whether the service tells what happens here; it does for so many rooms only. */
  live = true;
  /** When the user opened it here first, epoch milliseconds: where nobody has written nothing else may have happened. */
  openedAt: number | undefined;
  /** The user's own read marker. */
  read = 0;
  unread = 0;
  tail = 0;
  timeline: Timeline;
  /** How far each member has read, as far as known. */
  readonly reads = new Map<string, number>();
  /** Until when each typing user is taken to be typing, epoch milliseconds. */
  readonly typing = new Map<string, number>();
  /** The newest message, which may be known alone. */
  #newest = 0;
  /** Up to where the service has counted messages in `unread`. */
  #counted = 0;
  /** When something happened that the service told without its event. */
  #toldAt = 0;

  constructor(entry: RoomEntry) {
    this.id = entry.room;
    this.kind = entry.kind;
    this.role = entry.role;
    this.timeline = new Timeline(entry.tail);
    this.update(entry);
  }

  update(entry: RoomEntry): void {
    this.name = entry.name ?? this.name;
    this.role = entry.role;
    this.other = entry.with ?? this.other;
    this.muted = entry.muted ?? this.muted;
    this.live = entry.live ?? this.live;
    if (entry.read >= this.read && entry.tail >= this.tail) {
      this.read = entry.read;
      this.unread = entry.unread;
      this.#counted = Math.max(this.#counted, entry.tail);
    }
    this.tail = Math.max(this.tail, entry.tail);
    this.#toldAt = Math.max(this.#toldAt, entry.activeAt ?? 0);
    if (entry.lastMessage) {
      this.#newest = Math.max(this.#newest, entry.lastMessage.seq);
      this.timeline.single(entry.lastMessage);
    }
  }

  /** Forgets what is known of the log, which has become another one. */
  restart(entry: RoomEntry): void {
    this.timeline = new Timeline(entry.tail);
    this.reads.clear();
    this.read = this.unread = this.tail = this.#newest = this.#counted = this.#toldAt = 0;
    this.update(entry);
  }

  get lastMessage(): Message | undefined {
    const live = this.timeline.lastMessage();
    return live && live.seq >= this.#newest ? live : this.timeline.message(this.#newest);
  }

  /** When something last happened here, epoch milliseconds, as far as known; 0 where nothing is. */
  get activeAt(): number {
    return Math.max(this.#toldAt, this.timeline.time ?? 0, this.lastMessage?.time ?? 0);
  }

  /** @param events each only once, in whatever order they come to be known */
  happened(events: readonly ChatEvent[], me: string): void {
    for (const event of events) {
      if (event.type === 'room' && event.name && event.seq > this.tail) this.name = event.name;
      this.tail = Math.max(this.tail, event.seq);
      if (event.type !== 'message') continue;
      this.typing.delete(event.from);
      this.hasRead(event.from, event.seq);
      if (event.from !== me && event.seq > Math.max(this.read, this.#counted)) this.unread = Math.min(UNREAD_MAX, this.unread + 1);
    }
  }

  /** @returns whether the marker moved */
  hasRead(user: string, seq: number): boolean {
    if (seq <= (this.reads.get(user) ?? 0)) return false;
    this.reads.set(user, seq);
    return true;
  }

  /** @returns whether the user's own marker moved */
  markRead(seq: number, me: string): boolean {
    if (seq <= this.read) return false;
    this.read = seq;
    if (seq >= this.tail) {
      this.unread = 0;
    } else {
      const range = this.timeline.range(seq + 1);
      if (range && range.to >= this.timeline.position) {
        this.unread = this.timeline.items({ from: seq + 1, to: range.to })
          .filter(item => item.kind === 'message' && item.message.from !== me).length;
      }
    }
    return true;
  }

  /** Lets go of all but the newest events. */
  release(): void {
    this.#newest = Math.max(this.#newest, this.timeline.lastMessage()?.seq ?? 0);
    this.timeline.release(EVENTS_KEPT, this.#newest);
  }

  entry(): RoomEntry {
    return {
      room: this.id, kind: this.kind, name: this.name, role: this.role, with: this.other, muted: this.muted,
      tail: this.tail, read: this.read, unread: this.unread, activeAt: this.activeAt,
    };
  }
}
