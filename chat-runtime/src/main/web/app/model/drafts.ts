import type { Attachment } from '../../client/index.ts';
import { device } from './device.ts';

/** A file that is uploaded for a message; `until` tells when the service forgets it unless the message is sent. */
export interface DraftFile { readonly attachment: Attachment; readonly until: number }

export interface Draft { text: string; replyTo?: number; files?: readonly DraftFile[] }

/** What somebody has begun to write, by room: it outlives the page, and is the same in all of their windows on the device. */
export class Drafts {
  readonly #prefix: string;
  #isOver = false;

  /** @param changed told of the rooms for which another window has written something */
  constructor(user: string, changed: (room: string) => void) {
    this.#prefix = `draft/${encodeURIComponent(user)}/`;
    this.#takeOver(`drafts/${user}`);
    this.#thinOut();
    addEventListener('storage', ({ key }) => {
      if (key?.startsWith(this.#prefix)) changed(key.slice(this.#prefix.length));
    });
  }

  of(room: string): Draft {
    const kept = device.get(this.#prefix + room);
    return kept === null ? { text: '' } : JSON.parse(kept) as Draft;
  }

  has(room: string): boolean {
    return device.get(this.#prefix + room) !== null;
  }

  /** Whether it is there for the next page as well. */
  keeps(room: string): boolean {
    return device.keeps(this.#prefix + room);
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
    if (this.#isOver) return;
    const draft: Draft = { text, replyTo, ...(files.length > 0 ? { files } : {}) };
    if (text.trim() || replyTo !== undefined || draft.files) device.set(this.#prefix + room, JSON.stringify(draft));
    else device.remove(this.#prefix + room);
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
    for (const room of device.keys(this.#prefix).map(key => key.slice(this.#prefix.length))) {
      if (!this.of(room).files?.some(isLate)) continue;
      this.keepFiles(room, files => files.map(file => isLate(file) ? { attachment: { id: file.attachment.id, name: file.attachment.name }, until: file.until } : file));
    }
  }

  /** That of one room; or all, and none is kept from then on: who signs out may still wait for something. */
  forget(room?: string): void {
    this.#isOver ||= room === undefined;
    if (room === undefined) device.clear(this.#prefix);
    else device.remove(this.#prefix + room);
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
