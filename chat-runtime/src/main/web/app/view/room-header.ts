import type { Room } from '../../client/index.ts';
import { shortTime } from '../i18n/formats.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { avatar, face } from './avatar.ts';
import { h, onFrame, setText } from './dom.ts';
import { icon } from './icons.ts';
import { later, useLater } from './later.ts';
import { onNewDay } from './new-day.ts';
import { typingText } from './typing.ts';

/** Which room is open, and who is there. */
export class RoomHeader {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #face = h('span', { class: 'face' });
  readonly #title = h('h2', { id: 'title', dir: 'auto', tabIndex: -1 });
  readonly #status = h('p', { id: 'room-status' });
  #room: Room | null = null;

  constructor(app: App) {
    this.#app = app;
    this.element = h('header', { class: 'room-header' },
      h('button', { type: 'button', id: 'back', class: 'round', 'aria-label': m.back, on: { click: () => app.close() } }, icon('back')),
      this.#face,
      h('div', { class: 'room-name' }, this.#title, this.#status),
      h('button', { type: 'button', id: 'details-button', class: 'round', 'aria-label': m.details, title: m.details, on: { click: () => void this.#details() } }, icon('info')));
    const refresh = onFrame(() => this.#refresh());
    app.client.on('rooms', refresh);
    app.client.on('typing', refresh);
    app.client.on('presence', refresh);
    app.client.on('state', refresh);
    app.on('members', refresh);
    app.on('people', refresh);
    onNewDay(refresh);
  }

  open(room: Room | null): void {
    this.#room = room;
    this.#refresh();
  }

  focus(): void {
    this.#title.focus();
  }

  #details(): Promise<void> {
    return useLater(later.details, this.#app, ({ showDetails }) => {
      if (this.#room) showDetails(this.#room, this.#app);
    });
  }

  #refresh(): void {
    const room = this.#room;
    if (!room) return;
    const title = this.#app.titleOf(room);
    const user = room.kind === 'direct' ? room.other : undefined;
    const presence = user === undefined || user === this.#app.me ? undefined : this.#app.client.presences.of(user);
    this.#face.replaceChildren(user === undefined ? avatar(room.id, title) : face(this.#app, user));
    setText(this.#title, title);
    const typing = typingText([...room.typing.keys()].map(name => this.#app.people.name(name)));
    this.#status.classList.toggle('typing', typing !== '');
    if (typing) setText(this.#status, typing);
    else if (room.kind === 'group') setText(this.#status, this.#app.members.of(room).length ? m.members(this.#app.members.of(room).length) : '');
    else if (presence?.state === 'offline' && presence.lastSeen) setText(this.#status, m.lastSeen(shortTime(presence.lastSeen)));
    else setText(this.#status, presence ? m[presence.state] : '');
  }
}
