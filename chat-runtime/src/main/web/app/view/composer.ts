import type { Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { together } from '../model/drafts.ts';
import { Edit } from '../model/edit.ts';
import { pastedFiles } from '../model/handed-over.ts';
import { Uploads } from '../model/uploads.ts';
import { About } from './about.ts';
import { h, isComposing } from './dom.ts';
import { chooseEmoji } from './emoji.ts';
import { icon } from './icons.ts';
import { Mentions } from './mentions.ts';
import { UploadChips } from './upload-chips.ts';

/** There a new line has no other key, and the button that sends is under the thumb. */
const onTouchKeyboard = (): boolean => matchMedia('(pointer: coarse)').matches;

/** Ready to write; where that would bring up a keyboard on the screen, the person decides. */
export function focusText(): void {
  if (matchMedia('(pointer: fine)').matches) document.getElementById('text')?.focus();
}

/** Where messages are written. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly readOnly = h('p', { class: 'read-only', hidden: true }, m.readOnlyRoom);
  readonly #app: App;
  readonly #uploads: Uploads;
  readonly #sent: () => void;
  readonly #text = h('textarea', { id: 'text', rows: 1, dir: 'auto', autocomplete: 'off' });
  readonly #about: About;
  readonly #chips: UploadChips;
  readonly #picker: HTMLInputElement = h('input', { type: 'file', multiple: true, hidden: true, tabIndex: -1, 'aria-hidden': 'true', on: { change: () => this.#picked() } });
  readonly #attach: HTMLButtonElement = h('button', { type: 'button', id: 'attach', class: 'round', 'aria-label': m.attach, title: m.attach, on: { click: () => this.#picker.click() } }, icon('attach'));
  readonly #send = h('button', { type: 'submit', id: 'send', class: 'round primary', 'aria-label': m.send, title: m.send }, icon('send'));
  readonly #mentions: Mentions;
  #room: Room | null = null;
  /** The edit whose text is in the field. */
  #shown: Edit | null = null;
  /** Somebody has typed since they came to the field. */
  #typing = false;

  constructor(app: App, sent: () => void) {
    this.#app = app;
    this.#sent = sent;
    this.#uploads = new Uploads(app, () => this.#show());
    this.#about = new About(app, this.#text);
    this.#chips = new UploadChips({
      remove: upload => this.#replaceUpload(room => this.#uploads.remove(room, upload)),
      retry: upload => this.#replaceUpload(room => this.#uploads.retry(room, upload)),
    });
    this.#mentions = new Mentions(app, this.#text, () => this.#typed());
    const emoji = h('button', {
      type: 'button', class: 'round', 'aria-label': m.emoji, title: m.emoji,
      on: { click: () => chooseEmoji(this.#text, chosen => this.#insert(chosen)) },
    }, icon('smile'));
    this.element = h('form', { id: 'compose', hidden: true, on: { submit: event => { event.preventDefault(); this.#submit(); } } },
      this.#about.element, this.#about.status, this.#chips.element, this.#mentions.element,
      h('div', { class: 'compose-line' }, this.#attach, this.#picker, h('div', { class: 'field' }, this.#text, emoji), this.#send));
    this.#text.addEventListener('input', () => this.#typed());
    this.#text.addEventListener('keydown', event => this.#key(event));
    this.#text.addEventListener('blur', () => { this.#typing = false; });
    this.#text.addEventListener('paste', event => this.#paste(event));
    app.on('composing', () => this.#composingChanged());
    app.on('draft', room => room === this.#room && this.#draftChanged(room));
    // A window that was frozen has not heard of what others wrote.
    addEventListener('focus', () => app.renew(this.#room));
    app.client.on('rooms', () => this.#showRole());
    // What is written is kept, and what is uploaded.
    addEventListener('beforeunload', event => (this.#uploads.isUnsaved || app.writing.isUnsaved) && event.preventDefault());
  }

  open(room: Room | null): void {
    this.#room = room;
    this.#typing = false;
    this.#about.say('');
    this.#mentions.close();
    this.#showRole();
    if (!room) return;
    this.#uploads.renew(room);
    this.#showText();
    this.#text.placeholder = m.message;
    this.#show();
    focusText();
  }

  /** Whether files can go with what is written now. */
  get takesFiles(): boolean {
    return this.#room !== null && this.#uploads.takes(this.#room);
  }

  /** Files dropped or pasted anywhere in the room. */
  addFiles(files: Iterable<File>): void {
    if (this.#room && this.takesFiles) this.#uploads.add(this.#room, files);
  }

  #paste(event: ClipboardEvent): void {
    const files = event.clipboardData ? pastedFiles(event.clipboardData) : [];
    if (files.length === 0 || !this.takesFiles) return;
    event.preventDefault();
    this.addFiles(files);
  }

  #picked(): void {
    if (this.#picker.files) this.addFiles(this.#picker.files);
    this.#picker.value = '';
    this.#text.focus();
  }

  #typed(): void {
    const room = this.#room;
    if (!room) return;
    this.#typing = true;
    this.#app.writing.write(this.#text.value);
    if (this.#text.value.trim()) this.#app.client.typing(room.id);
    this.#mentions.update();
    this.#show();
  }

  #draftChanged(room: Room): void {
    this.#uploads.renew(room);
    const { text } = this.#app.writing;
    // What was typed for something else is nothing for this.
    const typing = this.#shown === this.#edited && this.#typing && document.hasFocus();
    const { value, selectionStart, selectionEnd } = this.#text;
    const wanted = together(value, text, typing);
    if (wanted !== text) this.#app.writing.write(wanted);
    this.#showText();
    if (typing) this.#text.setSelectionRange(selectionStart, selectionEnd);
    this.#show();
  }

  get #edited(): Edit | null {
    const { composing } = this.#app.writing;
    return composing.kind === 'edit' ? composing : null;
  }

  #showText(): void {
    const { text } = this.#app.writing;
    this.#shown = this.#edited;
    // Setting it moves the cursor.
    if (text !== this.#text.value) this.#text.value = text;
  }

  #key(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (this.#mentions.key(event)) {
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey && !onTouchKeyboard()) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape' && this.#app.writing.composing.kind !== 'new') {
      event.preventDefault();
      this.#app.writing.compose({ kind: 'new' });
    } else if (event.key === 'ArrowUp' && this.#text.value === '') {
      event.preventDefault();
      this.#editLast();
    }
  }

  #editLast(): void {
    const range = this.#room?.timeline.range();
    const items = range ? this.#room!.timeline.items(range) : [];
    const last = items.findLast(item => item.kind === 'message' && item.message.from === this.#app.me && !item.message.deleted && item.message.text);
    if (last?.kind === 'message') this.#app.writing.compose(new Edit(last.message));
  }

  #composingChanged(): void {
    if (this.#room) {
      this.#showText();
      this.#about.turned(this.#room, document.activeElement === this.#text);
    }
    this.#show();
    this.#text.focus();
    this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
  }

  #insert(text: string): void {
    this.#text.setRangeText(text, this.#text.selectionStart, this.#text.selectionEnd, 'end');
    this.#text.focus();
    this.#typed();
  }

  #submit(): void {
    const room = this.#room;
    const text = this.#text.value.trim();
    if (!room || !this.#mayGo(room)) return;
    if (new TextEncoder().encode(text).length > this.#app.config.limits.messageBytesMax) {
      this.#app.tell(m.tooLong);
      return;
    }
    const { composing } = this.#app.writing;
    if (composing.kind === 'edit') {
      void this.#saveEdit(room, composing);
      return;
    }
    const attachments = this.#uploads.take(room);
    this.#app.client.send(room.id, text, { attachments, replyTo: composing.kind === 'reply' ? composing.to : undefined });
    this.#app.drafts.keep(room.id, { text: '' });
    this.#text.value = '';
    this.#app.writing.compose({ kind: 'new' });
    this.#mentions.close();
    this.#sent();
  }

  /** The text stays in the field until the service has it; the person may write on there, or turn to something else. */
  async #saveEdit(room: Room, edit: Edit): Promise<void> {
    this.#text.focus();
    if (await this.#app.attempt(() => this.#app.writing.save(edit, room)) && edit.isSaved) this.#about.say(m.saved);
    if (!this.#room) return;
    this.#showText();
    this.#show();
  }

  /** The button that was pressed goes with its file. */
  #replaceUpload(action: (room: Room) => void): void {
    if (!this.#room) return;
    action(this.#room);
    focusText();
  }

  /** A message goes with all of its files; an edit has none. */
  #mayGo(room: Room): boolean {
    const uploads = this.#app.writing.composing.kind === 'edit' ? [] : this.#uploads.of(room);
    return uploads.every(({ attachment }) => attachment) && (this.#text.value.trim() !== '' || uploads.length > 0);
  }

  #showRole(): void {
    this.element.hidden = !this.#room || this.#room.role === 'readonly';
    this.readOnly.hidden = this.#room?.role !== 'readonly';
    this.#attach.hidden = !this.#app.config.media;
    // A phone that may not give those makes pictures of them that every browser shows.
    this.#picker.accept = (this.#app.config.limits.attachmentTypes ?? []).filter(type => !/^image\/hei[cf]$/.test(type)).join(',');
  }

  #show(): void {
    const room = this.#room;
    if (!room) return;
    this.#resize();
    this.#send.disabled = !this.#mayGo(room);
    this.#chips.show(this.#uploads.of(room));
    const editing = this.#app.writing.composing.kind === 'edit';
    this.#send.setAttribute('aria-label', editing ? m.save : m.send);
    this.#send.replaceChildren(icon(editing ? 'check' : 'send'));
    this.#about.show(room);
  }

  #resize(): void {
    // Where the browser does it by itself, CSS says so.
    if (CSS.supports('field-sizing', 'content')) return;
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
