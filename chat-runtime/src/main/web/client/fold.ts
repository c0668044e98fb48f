import type { Attachment, ChatEvent, DeleteEvent, EditEvent, MessageEvent, Reaction, ReactionEvent } from './protocol.ts';

export type Reactions = Readonly<Record<string, Reaction>>;

/** A message as it stands: with its latest text, its reactions, or taken back. */
export interface Message {
  readonly seq: number;
  readonly time: number;
  readonly from: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo?: number;
  readonly editedAt?: number;
  readonly deleted: boolean;
  readonly reactions: Reactions;
}

type Change = EditEvent | DeleteEvent | ReactionEvent;

export function isChange(event: ChatEvent): event is Change {
  return event.type === 'edit' || event.type === 'delete' || event.type === 'reaction';
}

export function messageOf(event: MessageEvent): Message {
  return {
    seq: event.seq,
    time: event.time,
    from: event.from,
    clientMessageId: event.clientMessageId,
    text: event.deleted ? '' : event.text ?? '',
    attachments: event.deleted ? [] : event.attachments ?? [],
    replyTo: event.replyTo,
    editedAt: event.editedAt,
    deleted: event.deleted ?? false,
    reactions: event.deleted ? {} : event.reactions ?? {},
  };
}

function react(reactions: Reactions, { emoji, from, remove }: ReactionEvent): Reactions {
  const { [emoji]: before = { count: 0, users: [] }, ...rest } = reactions;
  const others = before.users.filter(user => user !== from);
  const count = before.count - (before.users.length - others.length) + (remove ? 0 : 1);
  return count > 0 ? { ...reactions, [emoji]: { count, users: remove ? others : [...others, from] } } : rest;
}

export function apply(message: Message, change: Change): Message {
  if (message.deleted) return message;
  switch (change.type) {
    case 'edit': return { ...message, text: change.text, editedAt: change.time };
    case 'delete': return { ...message, text: '', attachments: [], reactions: {}, deleted: true };
    case 'reaction': return { ...message, reactions: react(message.reactions, change) };
  }
}

/** Folds the events of a room into its messages, in whatever order the events come to be known. */
export class Fold {
  readonly #bases = new Map<number, { message: Message; asOf: number }>();
  readonly #changes = new Map<number, Change[]>();
  readonly #folded = new Map<number, Message>();

  /**
   * @param asOf history shows a message as it stood at some sequence: changes up to there are in it already
   * @returns the sequence of the message that is new or different now
   */
  add(event: ChatEvent, asOf: number): number | undefined {
    if (event.type === 'message') {
      const known = this.#bases.get(event.seq);
      if (!known || known.asOf <= asOf) this.#bases.set(event.seq, { message: messageOf(event), asOf });
      return this.#refold(event.seq);
    }
    if (!isChange(event)) return undefined;
    const changes = this.#changes.get(event.target) ?? [];
    this.#changes.set(event.target, changes);
    if (!changes.some(change => change.seq === event.seq)) {
      changes.push(event);
      changes.sort((a, b) => a.seq - b.seq);
    }
    return this.#refold(event.target);
  }

  get(seq: number): Message | undefined {
    return this.#folded.get(seq);
  }

  /** Forgets what was before a sequence, but for one message as it stands. */
  release(before: number, kept: number): void {
    const message = this.#folded.get(kept);
    for (const seqs of [this.#bases, this.#folded]) for (const seq of seqs.keys()) if (seq < before) seqs.delete(seq);
    for (const [target, changes] of this.#changes) {
      // A page that is on its way may have been read before a change of what is forgotten here.
      const later = changes.filter(({ seq }) => seq >= before);
      if (later.length > 0) this.#changes.set(target, later);
      else this.#changes.delete(target);
    }
    if (!message || kept >= before) return;
    this.#bases.set(kept, { message, asOf: before - 1 });
    this.#folded.set(kept, message);
  }

  #refold(seq: number): number | undefined {
    const base = this.#bases.get(seq);
    if (!base) return undefined;
    const changes = (this.#changes.get(seq) ?? []).filter(change => change.seq > base.asOf);
    this.#folded.set(seq, changes.reduce(apply, base.message));
    return seq;
  }
}
