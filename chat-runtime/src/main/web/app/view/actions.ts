import type { Message } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { Edit } from '../model/edit.ts';
import { confirmed } from './dialog.ts';
import { copyText, focusIsLost, h, letterOf } from './dom.ts';
import { chooseEmoji, QUICK_REACTIONS } from './emoji.ts';
import { icon, type IconName } from './icons.ts';

/** What one can do with a message: one bar, which goes to the message that is pointed at or has the focus. */
export class MessageActions {
  readonly #app: App;
  readonly #bar: HTMLElement;
  #list: HTMLElement | null = null;
  #message: Message | null = null;
  /** What somebody pressed with last: clicks do not tell in Safari before 18.2. */
  #pressedWith = '';

  constructor(app: App) {
    this.#app = app;
    this.#bar = h('div', { class: 'actions', role: 'toolbar', 'aria-label': m.actions, on: { click: event => this.#isTouch(event) && this.hide() } });
  }

  /** Follows pointer and focus in a list of messages; letters do what the buttons do. */
  follow(list: HTMLElement): void {
    this.#list = list;
    const show = (event: Event): void => {
      const row = (event.target as Element).closest<HTMLElement>('li.message');
      if (row) this.#showAt(row);
    };
    // A finger that scrolls points at nothing: it has to tap.
    list.addEventListener('pointerover', event => event.pointerType !== 'touch' && show(event));
    list.addEventListener('click', event => this.#tapped(event, show));
    // A tap moves the focus as well, and says what it wants by its click.
    list.addEventListener('focusin', event => (event.target as Element).matches(':focus-visible') && show(event));
    list.addEventListener('scroll', () => this.#place(), { passive: true });
    document.addEventListener('pointerdown', event => {
      this.#pressedWith = event.pointerType;
      if (!list.contains(event.target as Node)) this.hide();
    });
    list.addEventListener('pointerleave', event => {
      if (event.pointerType !== 'touch' && !this.#bar.contains(document.activeElement)) this.hide();
    });
    list.addEventListener('keydown', event => this.#key(event));
    // The person goes on where they write, and the bar would lie over what they write about.
    this.#app.on('composing', () => this.hide());
  }

  hide(): void {
    this.#letGo();
    this.#message = null;
    this.#bar.remove();
  }

  /** Goes over to a row that is about to take the place of another one, with whoever is at a button. @returns the row */
  stayAt(row: HTMLElement, before: HTMLElement | undefined): HTMLElement {
    if (before?.contains(this.#bar)) {
      const used = this.#bar.contains(document.activeElement) ? document.activeElement?.getAttribute('aria-label') : null;
      this.#showAt(row);
      requestAnimationFrame(() => {
        this.#place();
        if (used && document.activeElement === row) this.#button(used)?.focus();
      });
    }
    return row;
  }

  #showAt(row: HTMLElement): void {
    const message = this.#messageOf(row);
    if (!message || message.deleted) {
      this.hide();
      return;
    }
    if (message === this.#message && row.contains(this.#bar)) return;
    this.#letGo();
    this.#message = message;
    this.#bar.replaceChildren(...this.#buttons(message));
    row.append(this.#bar);
    this.#place();
  }

  /** Who is at one of the buttons goes on from their message. */
  #letGo(): void {
    if (this.#bar.contains(document.activeElement)) this.#bar.parentElement?.focus({ preventScroll: true });
  }

  #button(label: string): HTMLElement | undefined {
    return [...this.#bar.querySelectorAll('button')].find(button => button.getAttribute('aria-label') === label);
  }

  #isTouch(click: Partial<PointerEvent>): boolean {
    return (click.pointerType ?? this.#pressedWith) === 'touch';
  }

  #tapped(event: PointerEvent, show: (event: Event) => void): void {
    if (!this.#isTouch(event) || (event.target as Element).closest('a, button, video, audio')) return;
    const shown = this.#message;
    show(event);
    if (shown && shown === this.#message) this.hide();
  }

  /** Beside the end of the bubble and over its edge, but always in view. */
  #place(): void {
    const row = this.#bar.parentElement;
    const bubble = row?.querySelector('.bubble')?.getBoundingClientRect();
    const view = row?.closest('.scroller')?.getBoundingClientRect();
    if (!row || !bubble || !view) return;
    const bar = this.#bar.getBoundingClientRect();
    const own = row.getBoundingClientRect();
    const onTheLeft = row.classList.contains('mine') === (getComputedStyle(row).direction === 'rtl');
    const left = onTheLeft ? Math.max(bubble.left, bubble.right - bar.width + 24) : Math.min(bubble.left - 24, bubble.right - bar.width);
    const above = bubble.top - bar.height + 10;
    const top = above >= view.top + 2 ? above : Math.min(bubble.bottom - 10, view.bottom - bar.height - 4);
    this.#bar.style.left = `${Math.max(view.left + 6, Math.min(left, view.right - bar.width - 6)) - own.left}px`;
    this.#bar.style.top = `${top - own.top}px`;
  }

  #messageOf(row: HTMLElement): Message | undefined {
    const seq = row.dataset['seq'];
    return seq === undefined ? undefined : this.#app.current?.timeline.message(Number(seq));
  }

  #buttons(message: Message): HTMLElement[] {
    const button = (label: string, name: IconName, click: (event: MouseEvent) => void): HTMLElement =>
      h('button', { type: 'button', title: label, 'aria-label': label, on: { click } }, icon(name));
    const writable = this.#app.current?.role !== 'readonly';
    return [
      ...(writable ? QUICK_REACTIONS.slice(0, 3).map(emoji =>
        h('button', { type: 'button', class: 'quick', 'aria-label': `${m.react} ${emoji}`, on: { click: () => this.#react(message, emoji) } }, emoji)) : []),
      ...(writable ? [
        button(m.react, 'smile', event => this.#chooseReaction(message, event.currentTarget as HTMLElement)),
        button(m.reply, 'reply', () => this.#app.writing.compose({ kind: 'reply', to: message.seq })),
      ] : []),
      ...(this.#mayEdit(message) ? [button(m.edit, 'edit', () => this.#app.writing.compose(new Edit(message)))] : []),
      ...(message.text ? [button(m.copy, 'copy', () => void this.#app.attempt(async () => { await copyText(message.text); this.#app.tell(m.copied); }))] : []),
      ...(this.#mayDelete(message) ? [button(m.delete, 'trash', () => void this.#delete(message))] : []),
    ];
  }

  #mayEdit(message: Message): boolean {
    return message.from === this.#app.me && message.text !== '' && this.#app.current?.role !== 'readonly';
  }

  #mayDelete(message: Message): boolean {
    const role = this.#app.current?.role;
    return message.from === this.#app.me || this.#app.current?.kind === 'group' && (role === 'owner' || role === 'admin');
  }

  #react(message: Message, emoji: string): void {
    const room = this.#app.current;
    const mine = message.reactions[emoji]?.users.includes(this.#app.me) ?? false;
    if (room) void this.#app.attempt(() => this.#app.client.react(room.id, message.seq, emoji, mine));
  }

  #chooseReaction(message: Message, beside: HTMLElement): void {
    chooseEmoji(beside, emoji => this.#react(message, emoji), () => this.#goOnFrom(message));
  }

  async #delete(message: Message): Promise<void> {
    const room = this.#app.current;
    if (!room) return;
    const sure = await confirmed(m.confirmDelete, m.delete);
    this.#goOnFrom(message);
    if (sure) await this.#app.attempt(() => this.#app.client.delete(room.id, message.seq));
  }

  /** The button that was pressed may have gone, with the pointer, from the message. */
  #goOnFrom({ seq }: Message): void {
    if (focusIsLost()) this.#list?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)?.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    const row = event.target as HTMLElement;
    if (event.key === 'Escape' && this.#bar.contains(row)) this.#bar.parentElement?.focus();
    if (!row.matches('li.message') || event.ctrlKey || event.metaKey || event.altKey) return;
    const message = this.#messageOf(row);
    if (!message || message.deleted) return;
    const letter = letterOf(event);
    if (letter === 'r') this.#app.writing.compose({ kind: 'reply', to: message.seq });
    else if (letter === 'e' && this.#mayEdit(message)) this.#app.writing.compose(new Edit(message));
    else if (event.key === 'Delete' && this.#mayDelete(message)) void this.#delete(message);
    else if (event.key === '+') this.#chooseReaction(message, row);
    else if (event.key === 'Enter') this.#bar.querySelector('button')?.focus();
    else return;
    event.preventDefault();
  }
}
