import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { begunMention } from '../model/mentions.ts';
import { face } from './avatar.ts';
import { h } from './dom.ts';

const SHOWN_MAX = 6;

/** Offers the members of the room while somebody writes `@`. */
export class Mentions {
  readonly element = h('ul', { id: 'mentions', class: 'mentions', role: 'listbox', 'aria-label': m.people, hidden: true });
  readonly #app: App;
  readonly #field: HTMLTextAreaElement;
  readonly #chosen: () => void;
  #users: string[] = [];
  /** Somebody writes `@` and has neither chosen nor closed the list. */
  #isAsked = false;
  #at = 0;

  constructor(app: App, field: HTMLTextAreaElement, chosen: () => void) {
    this.#app = app;
    this.#field = field;
    this.#chosen = chosen;
    field.setAttribute('aria-controls', this.element.id);
    field.addEventListener('blur', () => this.close());
    // Those of a new group, and what they are called, come somewhat later.
    app.on('members', room => room === app.current && this.#complete());
    app.on('people', () => this.#complete());
  }

  update(): void {
    const begun = begunMention(this.#field.value.slice(0, this.#field.selectionStart))?.toLocaleLowerCase();
    const room = this.#app.current;
    this.#isAsked = begun !== undefined;
    this.#users = begun === undefined || room?.kind !== 'group' ? [] : this.#app.members.of(room)
      .map(({ user }) => user)
      .filter(user => user !== this.#app.me && (user.toLocaleLowerCase().startsWith(begun) || this.#app.people.name(user).toLocaleLowerCase().startsWith(begun)))
      .slice(0, SHOWN_MAX);
    // Who is written out needs no choice: Enter sends.
    if (this.#users.length === 1 && this.#users[0]!.toLocaleLowerCase() === begun) this.#users = [];
    this.#at = 0;
    this.#show();
  }

  close(): void {
    this.#isAsked = false;
    this.#users = [];
    this.#show();
  }

  /** @returns whether the key was meant for the list */
  key(event: KeyboardEvent): boolean {
    if (this.#users.length === 0) return false;
    switch (event.key) {
      case 'ArrowDown': this.#at = (this.#at + 1) % this.#users.length; break;
      case 'ArrowUp': this.#at = (this.#at + this.#users.length - 1) % this.#users.length; break;
      case 'Enter':
      case 'Tab': this.#choose(this.#users[this.#at]!); return true;
      case 'Escape': this.close(); return true;
      default: return false;
    }
    this.#show();
    return true;
  }

  /** A list that somebody sees stays as it is under their fingers. */
  #complete(): void {
    if (this.#isAsked && this.element.hidden) this.update();
  }

  #choose(user: string): void {
    const end = this.#field.selectionStart;
    const begun = begunMention(this.#field.value.slice(0, end)) ?? '';
    this.#field.setRangeText(`${user} `, end - begun.length, end, 'end');
    this.close();
    this.#chosen();
  }

  #show(): void {
    this.element.hidden = this.#users.length === 0;
    this.element.replaceChildren(...this.#users.map((user, index) => h('li', {
      role: 'option', id: `mention-${index}`, 'aria-selected': String(index === this.#at),
      on: { pointerdown: event => { event.preventDefault(); this.#choose(user); } },
    }, face(this.#app, user), h('span', { dir: 'auto' }, this.#app.people.name(user)))));
    if (this.element.hidden) this.#field.removeAttribute('aria-activedescendant');
    else this.#field.setAttribute('aria-activedescendant', `mention-${this.#at}`);
  }
}
