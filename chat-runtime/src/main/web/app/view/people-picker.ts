import { m } from '../i18n/index.ts';
import { lookedFor } from '../model/address.ts';
import type { App } from '../model/app.ts';
import { avatar, face } from './avatar.ts';
import { h, isComposing } from './dom.ts';

const DELAY_MS = 200;
const ID = /^[\x21-\x7e]{1,128}$/;

interface Options {
  /** Names the field for screen readers. */
  label: string;
  id: string;
  /** Those who cannot be chosen. */
  without?: () => readonly string[];
  chosen(user: string): void;
}

/** Finds people by what they are called; arrow keys move, Enter chooses. An id that nobody has yet can be written out. */
export class PeoplePicker {
  readonly element: HTMLElement;
  readonly field: HTMLInputElement;
  readonly #app: App;
  readonly #options: Options;
  readonly #found = h('ul', { class: 'found', role: 'listbox' });
  /** Those that were found, and those that are offered. */
  #matches: readonly string[] = [];
  #users: readonly string[] = [];
  #at = 0;
  #moved = false;
  #timer = 0;

  constructor(app: App, options: Options) {
    this.#app = app;
    this.#options = options;
    this.#found.id = `${options.id}-found`;
    this.#found.setAttribute('aria-label', m.people);
    this.field = h('input', {
      id: options.id, type: 'text', role: 'combobox', placeholder: m.personHint, autocomplete: 'off', autocapitalize: 'none', spellcheck: false, maxLength: 1_000,
      'aria-label': options.label, 'aria-controls': this.#found.id, 'aria-expanded': 'false', 'aria-autocomplete': 'list',
      on: { input: () => this.#typed(), keydown: event => this.#key(event) },
    });
    this.element = h('div', { class: 'picker' }, this.field, this.#found);
    this.#show([]);
    void this.#find('');
  }

  /** What is written out, when it could be somebody. */
  get written(): string | undefined {
    const text = lookedFor(this.field.value);
    return ID.test(text) && this.#allowed(text) ? text : undefined;
  }

  clear(): void {
    this.field.value = '';
    void this.#find('');
  }

  #allowed(user: string): boolean {
    return user !== this.#app.me && !this.#options.without?.().includes(user);
  }

  #typed(): void {
    clearTimeout(this.#timer);
    const text = lookedFor(this.field.value);
    this.#timer = window.setTimeout(() => void this.#find(text), DELAY_MS);
    this.#show(this.#matches.filter(user => this.#fits(user, text)));
  }

  #fits(user: string, text: string): boolean {
    const wanted = text.toLocaleLowerCase();
    return user.toLocaleLowerCase().startsWith(wanted) || this.#app.people.name(user).toLocaleLowerCase().includes(wanted);
  }

  async #find(text: string): Promise<void> {
    const found = text ? (await this.#app.people.find(text)).map(({ user }) => user) : this.#app.met();
    if (lookedFor(this.field.value) === text) this.#show(found);
  }

  #show(users: readonly string[]): void {
    const allowed = users.filter(user => this.#allowed(user));
    const { written } = this;
    this.#matches = allowed;
    this.#users = written && !allowed.includes(written) ? [...allowed, written] : allowed;
    this.#at = written && allowed.includes(written) ? allowed.indexOf(written) : 0;
    this.#moved = false;
    this.#found.replaceChildren(...this.#users.map((user, index) => this.#item(user, index, allowed.includes(user))));
    this.#found.hidden = this.#users.length === 0;
    this.field.setAttribute('aria-expanded', String(!this.#found.hidden));
    this.#mark();
  }

  /** Who is only written out so far may not exist: nobody is asked about each letter. */
  #item(user: string, index: number, exists: boolean): HTMLElement {
    const name = exists ? this.#app.people.name(user) : user;
    return h('li', {
      id: `${this.#options.id}-${index}`, role: 'option',
      on: {
        pointerdown: event => event.preventDefault(),
        click: () => this.#options.chosen(user),
      },
    }, exists ? face(this.#app, user) : avatar(user, user), h('span', { class: 'person' }, h('span', { dir: 'auto' }, name), name !== user && h('span', { class: 'hint' }, user)));
  }

  #mark(): void {
    [...this.#found.children].forEach((item, index) => {
      item.setAttribute('aria-selected', String(index === this.#at));
      if (index === this.#at) item.scrollIntoView({ block: 'nearest' });
    });
    if (this.#users.length) this.field.setAttribute('aria-activedescendant', `${this.#options.id}-${this.#at}`);
    else this.field.removeAttribute('aria-activedescendant');
  }

  #key(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const user = this.#users[this.#at];
      if (user !== undefined && (this.#moved || lookedFor(this.field.value))) this.#options.chosen(user);
    } else if (event.key === ',' && this.written) {
      event.preventDefault();
      this.#options.chosen(this.written);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && this.#users.length) {
      event.preventDefault();
      this.#moved = true;
      this.#at = (this.#at + (event.key === 'ArrowDown' ? 1 : -1) + this.#users.length) % this.#users.length;
      this.#mark();
    }
  }
}
