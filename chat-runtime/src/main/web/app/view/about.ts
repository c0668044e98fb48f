import type { Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import type { Composing } from '../model/writing.ts';
import { fill, h } from './dom.ts';
import { icon } from './icons.ts';

/** What is written about: the message that is answered or changed. */
export class About {
  readonly element = h('div', { class: 'about' });
  readonly #app: App;
  readonly #text = h('span', { class: 'about-text' });
  readonly #cancel: HTMLElement;
  #shown: Composing['kind'] = 'new';

  constructor(app: App) {
    this.#app = app;
    this.#cancel = h('button', { type: 'button', class: 'round', 'aria-label': m.cancel, on: { click: () => app.writing.compose({ kind: 'new' }) } }, icon('close'));
    app.client.on('messages', ({ room }) => room === app.current && this.show(room));
    app.on('people', () => app.current && this.show(app.current));
  }

  show(room: Room): void {
    const { composing, answered } = this.#app.writing;
    const { kind } = composing;
    // Whoever is at the button stays there while the text changes.
    if (kind !== this.#shown) fill(this.element, ...(kind === 'new' ? [] : [icon(kind), this.#text, this.#cancel]));
    this.#shown = kind;
    if (kind === 'new') return;
    const message = kind === 'edit' ? composing.message : answered;
    fill(this.#text,
      h('strong', {}, kind === 'edit' ? m.editing : message ? m.replyingTo(this.#app.people.name(message.from)) : m.reply),
      h('span', { dir: 'auto' }, message ? this.#app.summary(room, message) : m.unknownMessage));
  }
}
