import { device } from './device.ts';
import { Edit } from './edit.ts';

interface Kept { was: string; text: string; wanted: boolean; aside: boolean; asOf?: number }

/** What somebody has begun to change, by room and message: it outlives the page, and is the same in all of their windows on the device. */
export class Edits {
  readonly #prefix: string;
  /** Those that were looked at here. */
  readonly #edits = new Map<string, Edit>();
  #isOver = false;

  /** @param changed told of the rooms for which another window has written something */
  constructor(user: string, changed: (room: string) => void) {
    this.#prefix = `edit/${encodeURIComponent(user)}/`;
    addEventListener('storage', ({ key }) => {
      if (key?.startsWith(this.#prefix)) changed(this.#roomOf(key));
    });
  }

  of(room: string): Edit[] {
    return device.keys(this.#key(room, '')).flatMap(key => this.#at(key) ?? []);
  }

  /** As it was written last, wherever that was. */
  find(room: string, seq: number): Edit | undefined {
    return this.#at(this.#key(room, seq));
  }

  keep(room: string, edit: Edit): void {
    if (this.#isOver) return;
    const { seq, was, text, isWanted: wanted, isAside: aside, asOf } = edit;
    const key = this.#key(room, seq);
    this.#edits.set(key, edit);
    device.set(key, JSON.stringify({ was, text, wanted, aside, asOf } satisfies Kept));
  }

  end(room: string, { seq }: Edit): void {
    const key = this.#key(room, seq);
    this.#edits.delete(key);
    device.remove(key);
  }

  /** The rooms of those that would be lost with the page, since the device keeps nothing more. */
  get unkept(): string[] {
    return [...this.#edits].flatMap(([key, edit]) => edit.isSaved || device.keeps(key) ? [] : this.#roomOf(key));
  }

  /** Those of one room; or all, and none is kept from then on: who signs out may still wait for something. */
  forget(room?: string): void {
    this.#isOver ||= room === undefined;
    const prefix = room === undefined ? this.#prefix : this.#key(room, '');
    for (const key of [...this.#edits.keys()]) if (key.startsWith(prefix)) this.#edits.delete(key);
    device.clear(prefix);
  }

  #key(room: string, seq: number | ''): string {
    return `${this.#prefix}${room}/${seq}`;
  }

  #roomOf(key: string): string {
    return key.slice(this.#prefix.length, key.lastIndexOf('/'));
  }

  #at(key: string): Edit | undefined {
    const kept = device.get(key);
    if (kept === null) {
      this.#edits.delete(key);
      return undefined;
    }
    const { was, text, wanted, aside, asOf } = JSON.parse(kept) as Kept;
    const edit = this.#edits.get(key) ?? new Edit({ seq: Number(key.slice(key.lastIndexOf('/') + 1)), text: was }, wanted, asOf);
    this.#edits.set(key, edit);
    edit.text = text;
    edit.isAside = aside;
    edit.isWanted ||= wanted;
    return edit;
  }
}
