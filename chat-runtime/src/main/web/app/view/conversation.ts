import type { ChatEvent, Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { type History, type Row, rowsOf } from '../model/rows.ts';
import { MessageActions } from './actions.ts';
import { announce, h, onFrame } from './dom.ts';
import { icon } from './icons.ts';
import { RowView } from './message-row.ts';
import { onNewDay } from './new-day.ts';
import type { Place } from './row-places.ts';
import { VirtualList } from './virtual-list.ts';

const FLASH_MS = 1_600;

function isLookedAt(): boolean {
  return !document.hidden && document.hasFocus();
}

/** The messages of the open room. */
export class Conversation {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #scroller = h('div', { id: 'messages', class: 'scroller', tabIndex: 0, role: 'region', 'aria-label': m.messages });
  readonly #list: VirtualList<Row>;
  readonly #announcer = h('div', { class: 'visually-hidden', role: 'log', 'aria-live': 'polite' });
  readonly #toLatest = h('button', { type: 'button', id: 'to-latest', class: 'pill', hidden: true, 'aria-label': m.toLatest, on: { click: () => this.#showLatest() } });
  readonly #actions: MessageActions;
  readonly refresh: () => void;
  #room: Room | null = null;
  /** A sequence in the known stretch that is shown; null for the one that reaches the present. */
  #around: number | null = null;
  #unreadFrom: number | null = null;
  /** Until the person is shown where they left off, nothing counts as read. */
  #arriving = false;
  /** Counts where the person wanted to go: what arrives for an earlier wish leaves them where they are. */
  #going = 0;
  #reveal: string | null = null;
  #bySeq = new Map<string, number>();
  #loading = false;
  #failedAt = 0;
  #failed = false;
  #place: Place | null = null;

  constructor(app: App) {
    this.#app = app;
    const rows = new RowView(app, user => app.isPerson(this.#room, user), () => this.#loadAgain());
    this.#actions = new MessageActions(app);
    this.#list = new VirtualList(this.#scroller, (row, before) => this.#actions.stayAt(rows.render(row, before), before), place => this.#moved(place),
      ({ kind }) => kind === 'message' || kind === 'notice');
    this.refresh = onFrame(() => this.#refresh());
    this.#actions.follow(this.#scroller);
    this.#scroller.addEventListener('keydown', event => this.#key(event));
    this.element = h('div', { class: 'conversation' }, this.#scroller, this.#toLatest, this.#announcer);
    app.client.on('messages', ({ room, events }) => {
      if (room !== this.#room) return;
      this.#announce(events);
      this.#missed(room);
      this.refresh();
    });
    app.client.on('read', ({ room }) => room === this.#room && this.refresh());
    app.client.on('state', () => this.refresh());
    app.on('people', () => this.refresh());
    onNewDay(() => this.refresh());
    app.on('members', room => room === this.#room && this.refresh());
    app.on('goTo', seq => void this.#goTo(seq));
    document.addEventListener('visibilitychange', () => this.#returned());
    addEventListener('focus', () => this.#returned());
  }

  open(room: Room | null): void {
    this.#room = room;
    this.#around = null;
    this.#reveal = null;
    this.#place = null;
    this.#failed = false;
    this.#failedAt = 0;
    this.#unreadFrom = room && room.unread > 0 ? room.read + 1 : null;
    this.#arriving = this.#unreadFrom !== null;
    this.#actions.hide();
    this.#list.reset();
    this.#refresh();
    if (room && this.#unreadFrom !== null) void this.#showUnread(room, this.#unreadFrom);
  }

  /** Scrolls to the present, for when the person has written something. */
  toEnd(): void {
    this.#unreadFrom = null;
    this.#showLatest();
  }

  #refresh(): void {
    const room = this.#room;
    if (!room) {
      this.#list.show([]);
      return;
    }
    const { timeline } = room;
    const known = this.#around === null ? undefined : timeline.range(this.#around);
    if (!known || known.to >= timeline.position) this.#around = null;
    const range = timeline.range(this.#around ?? undefined);
    const live = this.#around === null;
    const rows = rowsOf({
      room,
      me: this.#app.me,
      items: range ? timeline.items(range) : [],
      unsent: live ? this.#app.client.outbox.of(room.id) : [],
      unreadFrom: this.#unreadFrom,
      begins: this.#begins(room, range?.from),
      history: this.#history(),
      names: this.#app.namesVersion,
    });
    this.#bySeq = new Map(rows.flatMap(row => row.kind === 'message' && row.seq !== undefined ? [[row.key, row.seq]] : []));
    this.#list.show(rows, live);
    if (this.#reveal !== null && this.#list.reveal(this.#reveal)) this.#reveal = null;
    if (!range) this.#load('older');
  }

  #moved(place: Place): void {
    this.#place = place;
    const room = this.#room;
    if (!room) return;
    const live = this.#around === null;
    this.#toLatest.hidden = place.atEnd && live;
    if (!this.#toLatest.hidden) this.#showWay(room);
    if (place.nearStart) this.#load('older');
    if (place.nearEnd && !live) this.#load('newer');
    this.#markRead(room, place);
  }

  #showWay({ unread }: Room): void {
    this.#toLatest.replaceChildren(...(unread ? [h('span', { class: 'badge' }, unread)] : []), icon('down'));
    this.#toLatest.setAttribute('aria-label', unread ? `${m.unread(unread)}: ${m.toLatest}` : m.toLatest);
  }

  #markRead(room: Room, place: Place): void {
    if (this.#arriving || !isLookedAt() || this.#app.client.state.name !== 'live') return;
    const seq = place.atEnd && this.#around === null ? room.timeline.position : this.#bySeq.get(place.last);
    if (seq !== undefined && seq > room.read) this.#app.client.markRead(room, seq);
  }

  /** Where nothing is left of what was written, the present is the beginning. */
  #begins({ tail, timeline }: Room, from = timeline.position + 1): boolean {
    return tail === 0 || timeline.first !== undefined && from <= timeline.first;
  }

  #history(): History {
    const { state } = this.#app.client;
    if (state.name === 'offline' || state.name === 'waiting') return 'offline';
    return this.#failed ? 'failed' : 'coming';
  }

  #loadAgain(): void {
    this.#failedAt = 0;
    this.#load('older');
    this.refresh();
  }

  /** One page at a time; after a failure not before a while, and with the next connection at once. */
  #load(direction: 'older' | 'newer'): void {
    const room = this.#room;
    if (!room || this.#loading || this.#app.client.state.name !== 'live' || Date.now() - this.#failedAt < 3_000) return;
    const around = this.#around ?? undefined;
    const range = room.timeline.range(around);
    if (direction === 'older' && this.#begins(room, range?.from)) return;
    this.#loading = true;
    this.#failed = false;
    (direction === 'older' ? this.#app.client.older(room, around) : this.#app.client.newer(room, around ?? 0))
      .catch((error: unknown) => {
        console.info('no page of history:', error);
        if (this.#room !== room || this.#app.client.state.name !== 'live') return;
        this.#failedAt = Date.now();
        if (direction === 'older') this.#failed = true;
        else this.#app.tell(m.newerFailed);
      })
      .finally(() => {
        this.#loading = false;
        this.refresh();
      });
  }

  async #showUnread(room: Room, from: number): Promise<void> {
    const going = this.#going;
    const isWanted = (): boolean => this.#room === room && this.#unreadFrom === from && this.#going === going;
    // What the device does not have comes with the connection, of which the person is told anyway; they may go on meanwhile.
    if (!room.timeline.range(from)) await this.#app.whenLive();
    const known = isWanted() && await this.#makeKnown(room, from, isWanted);
    if (this.#room !== room) return;
    if (known && isWanted()) this.#reveal = 'unread';
    this.#refresh();
    this.#arriving = false;
    this.#refresh();
  }

  async #goTo(seq: number): Promise<void> {
    const room = this.#room;
    const going = ++this.#going;
    const isWanted = (): boolean => this.#room === room && this.#going === going;
    if (!room || !await this.#makeKnown(room, seq, isWanted) || !isWanted()) return;
    if (!room.timeline.message(seq)) {
      this.#app.tell(m.messageGone);
      return;
    }
    this.#reveal = null;
    this.#refresh();
    const key = [...this.#bySeq].find(([, shown]) => shown === seq)?.[0];
    if (key === undefined || !this.#list.reveal(key)) return;
    const element = this.#list.elementOf(key);
    element?.focus({ preventScroll: true });
    element?.classList.add('flash');
    setTimeout(() => element?.classList.remove('flash'), FLASH_MS);
  }

  async #makeKnown(room: Room, seq: number, isWanted: () => boolean): Promise<boolean> {
    if (!room.timeline.range(seq) && !await this.#app.attempt(() => this.#app.client.around(room, seq))) return false;
    const range = room.timeline.range(seq);
    if (range && isWanted()) this.#around = range.to >= room.timeline.position ? null : seq;
    return range !== undefined;
  }

  #showLatest(): void {
    this.#going++;
    this.#around = null;
    this.#refresh();
    this.#list.toEnd();
  }

  /** What comes while nobody looks begins with the line, unless something before is unread as well. */
  #missed(room: Room): void {
    if (isLookedAt() || room.unread === 0) return;
    if (this.#unreadFrom === null || this.#unreadFrom <= room.read) this.#unreadFrom = room.read + 1;
  }

  /** Nothing is read that was never in view: who comes back begins where they left off. */
  #returned(): void {
    const room = this.#room;
    if (room && isLookedAt() && !this.#arriving && this.#place?.atEnd && this.#around === null && this.#unreadFrom !== null && this.#unreadFrom > room.read) {
      const line = this.#list.elementOf('unread')?.getBoundingClientRect();
      if (!line || line.top < this.#scroller.getBoundingClientRect().top) {
        this.#arriving = true;
        this.#reveal = 'unread';
        this.#refresh();
        this.#arriving = false;
      }
    }
    this.refresh();
  }

  #announce(events: readonly ChatEvent[]): void {
    const message = events.findLast(event => event.type === 'message' && event.from !== this.#app.me);
    if (message?.type !== 'message' || !this.#place?.atEnd) return;
    const known = this.#room?.timeline.message(message.seq);
    if (known) announce(this.#announcer, m.says(this.#app.people.name(message.from), this.#app.summary(this.#room, known)));
  }

  /** Arrow keys go from message to message. */
  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (target !== this.#scroller && !target.matches('li.message')) return;
    if (event.key === 'Escape') document.getElementById('text')?.focus();
    if (event.key === 'End') this.#showLatest();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const row = this.#list.step(target.dataset['key'], event.key === 'ArrowUp' ? -1 : 1, ({ kind }) => kind === 'message');
    if (row) this.#list.elementOf(row.key)?.focus({ preventScroll: true });
    else if (event.key === 'ArrowDown') document.getElementById('text')?.focus();
  }
}
