export interface Draft { text: string; replyTo?: number }

/** What somebody has begun to write, by room; it outlives the page. */
export class Drafts {
  readonly #key: string;
  readonly #drafts: Record<string, Draft>;

  constructor(user: string) {
    this.#key = 'drafts/' + user;
    this.#drafts = JSON.parse(localStorage.getItem(this.#key) ?? '{}') as Record<string, Draft>;
  }

  of(room: string): Draft {
    return this.#drafts[room] ?? { text: '' };
  }

  has(room: string): boolean {
    return Object.hasOwn(this.#drafts, room);
  }

  keep(room: string, draft: Draft): void {
    if (draft.text.trim() || draft.replyTo !== undefined) this.#drafts[room] = draft;
    else delete this.#drafts[room];
    localStorage.setItem(this.#key, JSON.stringify(this.#drafts));
  }

  forget(): void {
    localStorage.removeItem(this.#key);
  }
}
