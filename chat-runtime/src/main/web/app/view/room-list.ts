import type { Room } from '../../client/index.ts';
import { shortTime } from '../i18n/formats.ts';
import { m } from '../i18n/index.ts';
import { lookedFor } from '../model/address.ts';
import type { App } from '../model/app.ts';
import { avatar, face } from './avatar.ts';
import { h, isComposing, onFrame } from './dom.ts';
import { icon } from './icons.ts';
import { onNewDay } from './new-day.ts';
import { typingText } from './typing.ts';

const SEARCH_DELAY_MS = 250;
/** How near its end the list is made longer. */
const NEAR_PX = 600;

/** The rooms of the user, the newest first; and while somebody searches, what fits. */
export class RoomList {
  readonly element = h('nav', { id: 'rooms', 'aria-label': m.rooms });
  readonly search: HTMLInputElement = h('input', { id: 'search', type: 'search', placeholder: m.search, 'aria-label': m.search, autocomplete: 'off', on: { input: () => this.#searched(), keydown: event => this.#searchKey(event) } });
  readonly #app: App;
  readonly #rooms = h('ul', { class: 'room-list' });
  readonly #people = h('div', { class: 'people-found' });
  readonly #items = new Map<string, { version: string; element: HTMLElement }>();
  #timer = 0;

  constructor(app: App) {
    this.#app = app;
    this.element.append(this.#rooms, this.#people);
    const refresh = onFrame(() => this.#refresh());
    app.client.on('rooms', refresh);
    app.client.on('messages', refresh);
    app.client.on('typing', refresh);
    app.client.on('presence', refresh);
    app.client.on('state', refresh);
    app.on('people', refresh);
    app.on('members', refresh);
    app.on('current', refresh);
    app.on('draft', refresh);
    onNewDay(refresh);
    this.element.addEventListener('keydown', event => this.#key(event));
    this.element.addEventListener('scroll', () => this.#goOn(), { passive: true });
    refresh();
  }

  /** Goes to a room's place in the list; where it has gone, to the beginning. */
  focus(id: string): void {
    const buttons = [...this.#rooms.querySelectorAll<HTMLElement>('button.room')].filter(({ dataset }) => this.#app.client.rooms.has(dataset['room'] ?? ''));
    (buttons.find(button => button.dataset['room'] === id) ?? buttons[0] ?? this.search).focus();
  }

  #refresh(): void {
    const wanted = lookedFor(this.search.value).toLocaleLowerCase();
    const rooms = this.#app.rooms().filter(room => this.#app.titleOf(room).toLocaleLowerCase().includes(wanted));
    const kept = new Set(rooms.map(({ id }) => id));
    for (const [id, { element }] of this.#items) {
      if (kept.has(id)) continue;
      element.remove();
      this.#items.delete(id);
    }
    let next = this.#rooms.firstElementChild;
    for (const room of rooms) {
      const element = this.#item(room);
      if (element === next) next = next.nextElementSibling;
      else this.#rooms.insertBefore(element, next);
    }
    while (next) {
      const after: Element | null = next.nextElementSibling;
      next.remove();
      next = after;
    }
    if (rooms.length === 0 && !wanted && !this.element.querySelector('.empty')) this.#rooms.append(h('li', { class: 'empty' }, m.noRooms));
    const all = [...this.#app.client.rooms.values()].filter(room => !room.muted).reduce((sum, { unread }) => sum + unread, 0);
    document.title = all ? `(${all}) ${m.appName}` : m.appName;
    this.#goOn();
  }

  /** The rooms beyond those that the connection follows come when somebody gets there. */
  #goOn(): void {
    if (!this.#app.roomPages.more) return;
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    if (clientHeight > 0 && scrollTop + clientHeight > scrollHeight - NEAR_PX) void this.#app.roomPages.next();
  }

  /** A list item is made anew only when it differs, so that the focus stays in it. */
  #item(room: Room): HTMLElement {
    const view = this.#view(room);
    const version = JSON.stringify(view);
    const known = this.#items.get(room.id);
    if (known?.version === version) return known.element;
    const button = h('button', {
      type: 'button', class: 'room', 'aria-current': view.current ? 'true' : undefined, 'data-room': room.id,
      on: { click: () => this.#open(room) },
    },
    view.user === undefined ? avatar(room.id, view.title) : face(this.#app, view.user),
    h('span', { class: 'room-text' },
      h('span', { class: 'room-line' }, h('span', { class: 'room-title', dir: 'auto' }, view.title), view.muted && h('span', { role: 'img', 'aria-label': m.muted }, icon('muted')), h('time', { dir: 'auto' }, view.time)),
      h('span', { class: 'room-line' },
        h('span', { class: view.typing ? 'preview typing' : 'preview', dir: 'auto' }, view.draft && h('span', { class: 'draft' }, m.draft + ' '), view.failed && h('span', { class: 'not-sent' }, m.notSent + ' '), view.preview),
        view.unread > 0 && h('span', { class: 'badge', 'aria-label': m.unread(view.unread) }, view.unread >= 1000 ? '1000+' : view.unread))));
    const element = known?.element ?? h('li', {});
    const focused = element.contains(document.activeElement);
    element.replaceChildren(button);
    if (focused) button.focus();
    this.#items.set(room.id, { version, element });
    return element;
  }

  #view(room: Room) {
    const { people, client, me } = this.#app;
    const user = room.kind === 'direct' ? room.other : undefined;
    const unsent = client.outbox.of(room.id).at(-1);
    const last = room.lastMessage;
    const draft = this.#app.current === room ? '' : this.#app.named(room, this.#app.drafts.of(room.id).text.trim());
    const typing = typingText([...room.typing.keys()].map(name => people.name(name)));
    const speaker = (from: string): string => from === me ? `${m.you}: ` : room.kind === 'group' ? `${people.name(from)}: ` : '';
    const preview = unsent ? speaker(me) + this.#app.summary(room, { ...unsent, deleted: false }) : last ? speaker(last.from) + this.#app.summary(room, last) : '';
    const time = unsent?.createdAt ?? last?.time;
    return {
      user,
      picture: user === undefined ? undefined : this.#app.faces.of(people.picture(user)),
      title: this.#app.titleOf(room),
      presence: user === undefined ? undefined : client.presences.of(user)?.state,
      current: this.#app.current === room,
      muted: room.muted,
      unread: room.unread,
      typing: typing !== '',
      draft: draft !== '',
      failed: unsent?.state === 'failed' && draft === '' && typing === '',
      preview: typing || draft || preview || m.noMessages,
      time: time === undefined ? '' : shortTime(time),
    };
  }

  #searched(): void {
    this.#refresh();
    clearTimeout(this.#timer);
    this.#people.replaceChildren();
    const wanted = lookedFor(this.search.value);
    if (wanted) this.#timer = window.setTimeout(() => void this.#findPeople(wanted), SEARCH_DELAY_MS);
  }

  async #findPeople(wanted: string): Promise<void> {
    const found = await this.#app.people.find(wanted);
    if (lookedFor(this.search.value) !== wanted) return;
    const users = found.map(({ user }) => user);
    const items = users.map(user => this.#person(user, this.#app.people.name(user), face(this.#app, user)));
    // Somebody who is only written out may not exist.
    if (!users.includes(wanted) && wanted !== this.#app.me && /^[\x21-\x7e]{1,128}$/.test(wanted)) items.push(this.#person(wanted, wanted, avatar(wanted, wanted)));
    this.#people.replaceChildren(...(items.length ? [h('h3', {}, m.people), h('ul', { class: 'room-list' }, ...items)] : [h('p', { class: 'empty' }, m.noResults)]));
  }

  #person(user: string, name: string, picture: HTMLElement): HTMLElement {
    return h('li', {}, h('button', {
      type: 'button', class: 'room',
      on: { click: () => void this.#app.attempt(() => this.#app.openDirect(user)).then(worked => worked && this.#endSearch()) },
    }, picture, h('span', { class: 'room-text' }, h('span', { class: 'room-title' }, m.chatWith(name)))));
  }

  /** What was looked for is found. */
  #open(room: Room): void {
    this.#app.open(room);
    if (this.search.value) this.#endSearch();
  }

  #endSearch(): void {
    this.search.value = '';
    this.#searched();
  }

  #searchKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Escape') this.#endSearch();
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      const first = this.element.querySelector<HTMLElement>('button.room');
      if (event.key === 'Enter') first?.click();
      else first?.focus();
    }
  }

  /** Arrow keys go through the list. */
  #key(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...this.element.querySelectorAll<HTMLElement>('button.room')];
    const to = buttons.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    if (to < 0) this.search.focus();
    else buttons[to]?.focus();
  }
}
