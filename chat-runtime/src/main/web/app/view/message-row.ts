import { clockTime, dayName, fullTime, listed } from '../i18n/formats.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import type { Bubble, History, Row } from '../model/rows.ts';
import { codeText } from '../model/problem.ts';
import { attachmentList } from './attachments.ts';
import { avatar, face } from './avatar.ts';
import { focusText } from './composer.ts';
import { type Child, h } from './dom.ts';
import { icon } from './icons.ts';
import { noticeText } from './notice.ts';
import { isEmojiOnly, richText } from './text.ts';

/** Makes the elements of a conversation's rows. */
export class RowView {
  readonly #app: App;
  readonly #isPerson: (user: string) => boolean;
  readonly #loadAgain: () => void;

  constructor(app: App, isPerson: (user: string) => boolean, loadAgain: () => void) {
    this.#app = app;
    this.#isPerson = isPerson;
    this.#loadAgain = loadAgain;
  }

  /** @param before what showed the row until now: its files are kept, for a video goes on while somebody reacts to it */
  render(row: Row, before?: HTMLElement): HTMLElement {
    switch (row.kind) {
      case 'message': return this.#message(row, before);
      case 'day': return h('li', { class: 'row day' }, h('span', {}, h('time', { dateTime: new Date(row.time).toISOString() }, dayName(row.time))));
      case 'unread': return h('li', { class: 'row unread-line', id: 'unread-line' }, h('span', {}, m.newMessages));
      case 'notice': return h('li', { class: 'row notice' }, h('span', {}, noticeText(row.item.event, this.#app.me, user => this.#app.people.name(user))));
      case 'beginning': return this.#beginning();
      case 'loading': return h('li', { class: 'row loading' }, ...this.#loading(row.history));
    }
  }

  #loading(history: History): Child[] {
    switch (history) {
      case 'coming': return [h('span', { class: 'spinner', 'aria-hidden': 'true' }), m.loading];
      case 'offline': return [m.historyOffline];
      case 'failed': return [m.historyFailed, h('button', { type: 'button', class: 'link', on: { click: () => this.#loadAgain() } }, m.retry)];
    }
  }

  #beginning(): HTMLElement {
    const room = this.#app.current;
    const other = room?.kind === 'direct' ? room.other : undefined;
    return h('li', { class: 'row beginning' },
      room && h('span', { class: 'large-face' }, other === undefined ? avatar(room.id, this.#app.titleOf(room)) : face(this.#app, other, 'alone')),
      room && h('strong', { dir: 'auto' }, this.#app.titleOf(room)),
      h('span', {}, m.beginning));
  }

  #message(row: Bubble, before?: HTMLElement): HTMLElement {
    const name = this.#app.people.name(row.from);
    const classes = ['row', 'message', row.mine ? 'mine' : 'theirs', row.state, row.first ? 'first' : '', row.last ? 'last' : ''];
    const group = this.#app.current?.kind === 'group';
    return h('li', { class: classes.filter(Boolean).join(' '), tabIndex: -1, 'data-key': row.key, 'data-seq': row.seq === undefined ? undefined : String(row.seq) },
      group && !row.mine && h('span', { class: 'side' }, row.last && face(this.#app, row.from, 'alone')),
      h('div', { class: 'stack' },
        row.first && (row.mine
          ? h('span', { class: 'visually-hidden' }, m.you)
          : h('span', { class: group ? 'author' : 'visually-hidden', dir: 'auto' }, name)),
        this.#bubble(row, before),
        this.#reactions(row),
        row.state === 'failed' && this.#failed(row)));
  }

  #bubble(row: Bubble, before?: HTMLElement): HTMLElement {
    const bare = row.attachments.length === 0 && row.replyTo === undefined && isEmojiOnly(row.text);
    return h('div', { class: bare ? 'bubble emoji' : 'bubble' },
      row.replyTo !== undefined && this.#quote(row.replyTo, row),
      attachmentList(row.attachments, this.#app, row.state === 'stored', before),
      h('div', { class: 'said', dir: 'auto' },
        row.deleted && h('em', { class: 'deleted' }, m.deletedMessage),
        row.text !== '' && h('span', { class: 'text' }, richText(row.text, this.#app.me, this.#isPerson, user => this.#app.people.name(user))),
        this.#meta(row)));
  }

  #meta(row: Bubble): HTMLElement {
    return h('span', { class: 'meta' },
      row.edited && !row.deleted && h('span', { class: 'edited' }, m.edited),
      h('time', { dir: 'auto', dateTime: new Date(row.time).toISOString(), title: fullTime(row.time) }, clockTime(row.time)),
      row.mine && this.#mark(row));
  }

  #mark(row: Bubble): HTMLElement {
    const [name, text] = ((): [Parameters<typeof icon>[0], string] => {
      switch (row.state) {
        case 'queued': return ['clock', m.waiting];
        case 'sending': return ['clock', m.sending];
        case 'failed': return ['warning', m.notSent];
        case 'stored': return row.readers === 0 ? ['check', m.sent]
          : ['checks', this.#app.current?.kind === 'group' ? m.readBy(row.readers) : m.readByOther];
      }
    })();
    return h('span', { class: `mark ${row.readers ? 'read' : row.state}`, title: text }, icon(name), h('span', { class: 'visually-hidden' }, text));
  }

  #quote(seq: number, { quoted }: Bubble): HTMLElement {
    return h('button', { class: 'quote', type: 'button', on: { click: () => this.#app.goTo(seq) } },
      quoted && h('strong', { dir: 'auto' }, quoted.from === this.#app.me ? m.you : this.#app.people.name(quoted.from)),
      h('span', { dir: 'auto' }, quoted ? this.#app.summary(this.#app.current, quoted) : m.unknownMessage));
  }

  #reactions(row: Bubble): HTMLElement | null {
    const all = Object.entries(row.reactions);
    if (all.length === 0 || row.seq === undefined) return null;
    const { seq } = row;
    return h('div', { class: 'reactions' }, ...all.map(([emoji, { count, users }]) => {
      const mine = users.includes(this.#app.me);
      const names = listed(users.map(user => user === this.#app.me ? m.you : this.#app.people.name(user)));
      return h('button', {
        class: 'reaction', type: 'button', title: names, 'aria-pressed': String(mine), 'aria-label': m.reactedWith(emoji, names),
        on: { click: () => void this.#app.attempt(() => this.#app.client.react(this.#app.current!.id, seq, emoji, mine)) },
      }, emoji, h('span', { class: 'count' }, count));
    }));
  }

  #failed(row: Bubble): HTMLElement {
    const why = m.notSentBecause(codeText(row.problem ?? 'internal'));
    return h('div', { class: 'failure', role: 'group', 'aria-label': why },
      h('span', {}, why),
      h('button', { type: 'button', class: 'link', on: { click: () => this.#app.client.outbox.retry(row.clientMessageId) } }, m.retry),
      h('button', { type: 'button', class: 'link', on: { click: () => this.#discard(row) } }, m.discard));
  }

  /** The button that was pressed goes with its message. */
  #discard({ clientMessageId }: Bubble): void {
    this.#app.client.outbox.discard(clientMessageId);
    focusText();
  }
}
