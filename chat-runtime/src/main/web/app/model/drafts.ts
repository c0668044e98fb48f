import type { Attachment } from '../../client/index.ts';
import { Begun } from './begun.ts';
import { device } from './device.ts';

/** A file that is uploaded for a message; `until` tells when the service forgets it unless the message is sent. */
export interface DraftFile { readonly attachment: Attachment; readonly until: number }

export interface Draft { text: string; replyTo?: number; files?: readonly DraftFile[] }

/** What somebody has begun to write, by room. */
export class Drafts {
  readonly #begun: Begun<Draft>;

  /** @param changed told of the rooms for which another window has written something */
  constructor(user: string, changed: (room: string) => void) {
    this.#begun = new Begun('draft', user, changed);
    this.#takeOver(`drafts/${user}`);
    this.#thinOut();
  }

  of(room: string): Draft {
    return this.#begun.at(room) ?? { text: '' };
  }

  has(room: string): boolean {
    return this.#begun.at(room) !== null;
  }

  /** Whether it is there for the next page as well. */
  keeps(room: string): boolean {
    return this.#begun.keeps(room);
  }

  /** The files stay. */
  keep(room: string, { text, replyTo }: Omit<Draft, 'files'>): void {
    this.#set(room, { text, replyTo, files: this.of(room).files });
  }

  /** What is written stays. */
  keepFiles(room: string, change: (files: readonly DraftFile[]) => readonly DraftFile[]): void {
    const draft = this.of(room);
    this.#set(room, { ...draft, files: change(draft.files ?? []) });
  }

  #set(room: string, { text, replyTo, files = [] }: Draft): void {
    const draft: Draft = { text, replyTo, ...(files.length > 0 ? { files } : {}) };
    if (text.trim() || replyTo !== undefined || draft.files) this.#begun.keep(room, draft);
    else this.#begun.forget(room);
  }

  /** All drafts were under one key once. */
  #takeOver(former: string): void {
    const kept = device.get(former);
    if (kept === null) return;
    device.remove(former);
    for (const [room, draft] of Object.entries(JSON.parse(kept) as Record<string, Draft>)) if (!this.has(room)) this.keep(room, draft);
  }

  /** Of files that the service has forgotten the name alone is left, for who comes back to the draft. */
  #thinOut(): void {
    for (const room of this.#begun.places()) {
      if (!this.of(room).files?.some(isLate)) continue;
      this.keepFiles(room, files => files.map(file => isLate(file) ? { attachment: { id: file.attachment.id, name: file.attachment.name }, until: file.until } : file));
    }
  }

  /** That of one room; or all, and none is kept from then on. */
  forget(room?: string): void {
    if (room === undefined) this.#begun.end();
    else this.#begun.forget(room);
  }
}

/** Whether the service has it no more. */
export function isLate({ until }: DraftFile): boolean {
  return until <= Date.now();
}

/**
 * What a field shows once another window has written: that, as it was typed last. What somebody is typing here at the same time
 * stays as it is, and the other text comes below it.
 */
export function together(here: string, there: string, typing: boolean): string {
  if (!typing || there.includes(here)) return there;
  return here.includes(there) ? here : `${here}\n${there}`;
}
