import type { Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import type { Composing } from '../model/writing.ts';
import { fill, h, setText } from './dom.ts';
import { icon } from './icons.ts';

/** What is written about: the message that is answered or changed. Those who do not see it hear it of the field. */
export class About {
  readonly element = h('div', { class: 'about' });
  /** A field says what it is to who comes there; who is there already is told here. */
  readonly status = h('p', { class: 'visually-hidden', role: 'status' });
  readonly #app: App;
  readonly #field: HTMLTextAreaElement;
  readonly #text = h('span', { class: 'about-text', id: 'about' });
  readonly #cancel: HTMLElement;
  #shown: Composing['kind'] = 'new';

  constructor(app: App, field: HTMLTextAreaElement) {
    this.#app = app;
    this.#field = field;
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
    this.#field.setAttribute('aria-label', kind === 'edit' ? m.newText : this.#addressed(room));
    if (kind === 'new') {
      this.#field.removeAttribute('aria-describedby');
      return;
    }
    this.#field.setAttribute('aria-describedby', this.#text.id);
    const title = kind === 'edit' ? m.editing : answered ? m.replyingTo(this.#app.people.name(answered.from)) : m.reply;
    const message = kind === 'edit' ? { text: composing.was, attachments: [], deleted: false } : answered;
    fill(this.#text, h('strong', {}, title), h('span', { dir: 'auto' }, message ? this.#app.summary(room, message) : m.unknownMessage));
  }

  /** Shows what the person has turned to, and says so if they were in the field before. */
  turned(room: Room, wasThere: boolean): void {
    const before = this.#shown;
    this.show(room);
    if (before !== 'new' || this.#shown !== 'new') this.say(wasThere ? this.#words(room) : '');
  }

  say(text: string): void {
    setText(this.status, text);
  }

  #words(room: Room): string {
    const [title, text] = this.#shown === 'new' ? [] : this.#text.children;
    return title && text ? m.says(title.textContent, text.textContent) : this.#addressed(room);
  }

  #addressed(room: Room): string {
    return m.writeTo(this.#app.titleOf(room));
  }
}
