import type { Message, Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App, Notice } from './app.ts';
import type { Edit } from './edit.ts';
import { problemText } from './problem.ts';

/** `to` is the sequence of what is answered, which may not be known here yet. */
export type Composing = { readonly kind: 'new' } | { readonly kind: 'reply'; readonly to: number } | Edit;

const NEW: Composing = { kind: 'new' };

/** What is being written in the open room, and what was begun in others. */
export class Writing {
  readonly #app: App;
  readonly #changed: () => void;
  #room: Room | null = null;
  #composing = NEW;
  /** The edit that the person was offered last to go on with. */
  #offered: { readonly room: string; readonly edit: Edit; readonly notice: Notice } | null = null;

  /** @param changed told when the person has turned to something else in the room */
  constructor(app: App, changed: () => void) {
    this.#app = app;
    this.#changed = changed;
    app.client.on('state', () => {
      this.#fetch();
      this.#look();
    });
    app.client.on('messages', ({ room }) => {
      if (room === this.#room) this.#check(room);
      else if (room.id === this.#offered?.room && !this.#offered.edit.isBeingSaved) this.#follow(room, this.#offered.edit);
    });
    app.client.on('removed', ({ room }) => {
      app.edits.forget(room);
      app.drafts.forget(room);
      this.#takeBackOffer();
    });
  }

  get composing(): Composing {
    return this.#composing;
  }

  /** What is answered, once it is known. */
  get answered(): Message | undefined {
    return this.#composing.kind === 'reply' ? this.#room?.timeline.message(this.#composing.to) : undefined;
  }

  /** What is written, as far as it is. */
  get text(): string {
    if (this.#composing.kind === 'edit') return this.#composing.text;
    return this.#room ? this.#app.drafts.of(this.#room.id).text : '';
  }

  /** Whether there are changes that would be lost with the page; who has signed out is asked nothing. */
  get isUnsaved(): boolean {
    const { client, edits, hasLeft } = this.#app;
    return !hasLeft && edits.unkept.some(room => client.rooms.get(room)?.role !== 'readonly');
  }

  open(room: Room | null): void {
    this.#room = room;
    this.#composing = NEW;
    if (!room) return;
    this.#turnTo(this.#app.edits.of(room.id).find(({ isAside }) => !isAside) ?? this.#begun(room));
  }

  /** Tells who has opened a room of an edit there that is not saved, unless something is to be told of that message itself. */
  remind(): void {
    const room = this.#room;
    if (!room || this.#look()) return;
    const unsaved = this.#app.edits.of(room.id).findLast(({ isAside, isBeingSaved }) => isAside && !isBeingSaved);
    if (unsaved) this.#offer(room, unsaved, m.editUnsaved);
  }

  /** Another window may have written in a room, or have saved what is changed here. */
  renew(room: Room): void {
    this.#takeBackOffer();
    if (room !== this.#room) return;
    const edit = this.#composing.kind === 'edit' ? this.#app.edits.find(room.id, this.#composing.seq) : undefined;
    this.#turnTo(edit ?? this.#begun(room));
  }

  /** The person has written on. */
  write(text: string): void {
    const room = this.#room;
    const composing = this.#composing;
    if (!room) return;
    if (composing.kind === 'edit') {
      composing.text = text;
      this.#app.edits.keep(room.id, composing);
    } else {
      this.#app.drafts.keep(room.id, { text, replyTo: composing.kind === 'reply' ? composing.to : undefined });
    }
  }

  /** After an edit comes what was begun before it; an edit of what is being edited goes on. */
  compose(wanted: Composing): void {
    const room = this.#room;
    if (!room) return;
    const before = this.#composing;
    const composing = wanted.kind === 'edit' ? this.#app.edits.find(room.id, wanted.seq) ?? wanted : wanted;
    if (before.kind === 'edit' && before !== composing) this.#leave(room, before, composing);
    if (composing.kind === 'edit') composing.isAside = false;
    this.#turnTo(before.kind === 'edit' && composing.kind === 'new' ? this.#begun(room) : composing);
    this.write(this.text);
    this.#changed();
  }

  /**
   * Ends an edit once it is saved. What was written in it meanwhile stays, and so does what was begun meanwhile. Whoever has turned to
   * something else is told why it was refused, and may go back to it.
   */
  async save(edit: Edit, room: Room): Promise<void> {
    const { client, edits } = this.#app;
    const saved = edit.save(text => client.edit(room.id, edit.seq, text));
    // That it is wanted is known to the next page as well.
    edits.keep(room.id, edit);
    try {
      await saved;
    } catch (error) {
      if (this.#composing === edit || edits.find(room.id, edit.seq) !== edit) throw error;
      this.#offer(room, edit, text => m.editRefused(text, problemText(error)));
      return;
    }
    if (edits.find(room.id, edit.seq) !== edit) return;
    if (edit.isSaved) edits.end(room.id, edit);
    else edits.keep(room.id, edit);
    this.#takeBackOffer();
    if (edit.isSaved && this.#composing === edit) this.#turnTo(this.#begun(room));
  }

  /** What nobody has asked to be saved is given up with the turn to something else. */
  #leave(room: Room, edit: Edit, next: Composing): void {
    edit.isAside = edit.isWanted && !edit.isGone && next.kind !== 'new';
    if (edit.isAside) this.#app.edits.keep(room.id, edit);
    else this.#app.edits.end(room.id, edit);
  }

  /** Tells of an edit that is not saved, and leads back to it. */
  #offer(room: Room, edit: Edit, words: (text: string) => string): void {
    const text = this.#app.summary(room, { text: edit.text || edit.was, attachments: [], deleted: false });
    const notice = this.#app.tell(words(text), { label: m.goOnEditing, run: () => this.#goBack(room.id, edit.seq) });
    this.#offered = { room: room.id, edit, notice };
  }

  /** Nobody is led back to what has ended, or is being written again. */
  #takeBackOffer(): void {
    if (!this.#offered) return;
    const { room, edit, notice } = this.#offered;
    if (edit !== this.#composing && this.#app.edits.find(room, edit.seq) === edit) return;
    this.#offered = null;
    this.#app.takeBack(notice);
  }

  /** Goes on with an edit, unless it has ended meanwhile. */
  #goBack(id: string, seq: number): void {
    const { client, edits } = this.#app;
    const room = client.rooms.get(id);
    if (!room) return;
    const edit = edits.find(id, seq);
    // The room opens with it, rather than offer it again.
    if (edit) edits.keep(id, Object.assign(edit, { isAside: false }));
    this.#app.open(room);
    const left = edits.find(id, seq);
    if (left) this.compose(left);
  }

  /** Looks whether what is changed in the open room is still there. @returns whether something was told */
  #look(): boolean {
    const room = this.#room;
    if (!room) return false;
    const hasTold = this.#check(room);
    if (this.#app.client.state.name !== 'live') return hasTold;
    for (const { seq } of this.#app.edits.of(room.id)) {
      if (!room.timeline.message(seq)) this.#app.client.around(room, seq).catch((error: unknown) => console.info('not known what is changed:', error));
    }
    return hasTold;
  }

  /**
   * What was saved without this page hearing of it is done; and what is not there any more is given up, unless somebody is writing it.
   * @returns whether something was told
   */
  #check(room: Room): boolean {
    const { edits } = this.#app;
    let hasTold = false;
    for (const edit of edits.of(room.id)) {
      const isKnown = room.timeline.message(edit.seq) !== undefined || room.timeline.range(edit.seq) !== undefined;
      if (edit.isBeingSaved || !isKnown || this.#follow(room, edit)) continue;
      if (!edit.isGone) this.#app.tell(m.editGone);
      hasTold ||= !edit.isGone;
      edit.isGone = true;
      if (edit !== this.#composing || edit.isSaved) this.#end(room, edit);
    }
    return hasTold;
  }

  /** Goes by what the message says now. @returns whether it is there */
  #follow(room: Room, edit: Edit): boolean {
    const message = room.timeline.message(edit.seq);
    if (message?.from !== this.#app.me || message.deleted) return false;
    // Not told yet of what was saved here last.
    if (room.timeline.position < edit.asOf) return true;
    if (!edit.isSaved && edit.fits(message.text)) this.#end(room, edit);
    else edit.follow(message.text);
    return true;
  }

  #end(room: Room, edit: Edit): void {
    this.#app.edits.end(room.id, edit);
    this.#app.renew(room);
  }

  /** What somebody was about in a room when they wrote there last. */
  #begun(room: Room): Composing {
    const { replyTo } = this.#app.drafts.of(room.id);
    return replyTo === undefined ? NEW : { kind: 'reply', to: replyTo };
  }

  #turnTo(composing: Composing): void {
    const before = this.#composing;
    this.#composing = composing;
    this.#takeBackOffer();
    // Another window renews it with every letter.
    if (composing.kind === 'reply' && (before.kind !== 'reply' || before.to !== composing.to)) this.#fetch();
  }

  /** What fails is asked for again with the next connection, or when the room is opened again. */
  #fetch(): void {
    const composing = this.#composing;
    if (!this.#room || composing.kind !== 'reply' || this.answered || this.#app.client.state.name !== 'live') return;
    this.#app.client.around(this.#room, composing.to).catch((error: unknown) => console.info('not known what is answered:', error));
  }
}
