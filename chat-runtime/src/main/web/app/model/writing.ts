import type { Message, Room } from '../../client/index.ts';
import type { App } from './app.ts';
import type { Edit } from './edit.ts';

/** `to` is the sequence of what is answered, which may not be known here yet. */
export type Composing = { readonly kind: 'new' } | { readonly kind: 'reply'; readonly to: number } | Edit;

const NEW: Composing = { kind: 'new' };

/** What is being written in the open room, and what was begun in others. */
export class Writing {
  readonly #app: App;
  readonly #changed: () => void;
  readonly #edits = new Map<string, Edit>();
  #room: Room | null = null;
  #composing = NEW;

  /** @param changed told when the person has turned to something else in the room */
  constructor(app: App, changed: () => void) {
    this.#app = app;
    this.#changed = changed;
    app.client.on('state', () => this.#fetch());
    app.client.on('removed', ({ room }) => this.#edits.delete(room));
  }

  get composing(): Composing {
    return this.#composing;
  }

  /** What is answered, once it is known. */
  get answered(): Message | undefined {
    return this.#composing.kind === 'reply' ? this.#room?.timeline.message(this.#composing.to) : undefined;
  }

  /** Whether there are changes that would be lost with the page; who has signed out is asked nothing. */
  get isUnsaved(): boolean {
    const { client, hasLeft } = this.#app;
    return !hasLeft && [...this.#edits].some(([room, { isSaved }]) => !isSaved && client.rooms.get(room)?.role !== 'readonly');
  }

  open(room: Room | null): void {
    this.#room = room;
    this.#composing = NEW;
    if (room) this.#turnTo(this.#edits.get(room.id) ?? this.#begun(room));
  }

  /** Another window may have written in the open room. */
  renew(): void {
    if (this.#room && this.#composing.kind !== 'edit') this.#turnTo(this.#begun(this.#room));
  }

  /** After an edit comes what was begun before it; an edit of what is being edited goes on. */
  compose(wanted: Composing): void {
    const room = this.#room;
    if (!room) return;
    const begun = this.#edits.get(room.id);
    const composing = wanted.kind === 'edit' && wanted.message.seq === begun?.message.seq ? begun : wanted;
    if (composing.kind === 'edit') this.#edits.set(room.id, composing);
    else this.#edits.delete(room.id);
    this.#turnTo(composing.kind === 'new' && this.#composing.kind === 'edit' ? this.#begun(room) : composing);
    this.#changed();
  }

  /** Ends an edit once it is saved. What was written in it meanwhile stays, and so does what was begun meanwhile. */
  async save(edit: Edit, room: Room): Promise<void> {
    await edit.save(text => this.#app.client.edit(room.id, edit.message.seq, text));
    if (!edit.isSaved) return;
    if (this.#edits.get(room.id) === edit) this.#edits.delete(room.id);
    if (this.#composing === edit) this.#turnTo(this.#begun(room));
  }

  /** What somebody was about in a room when they wrote there last. */
  #begun(room: Room): Composing {
    const { replyTo } = this.#app.drafts.of(room.id);
    return replyTo === undefined ? NEW : { kind: 'reply', to: replyTo };
  }

  #turnTo(composing: Composing): void {
    const before = this.#composing;
    this.#composing = composing;
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
