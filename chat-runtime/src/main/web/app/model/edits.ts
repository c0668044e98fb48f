import { Begun } from './begun.ts';
import { Edit } from './edit.ts';

interface Kept { was: string; text: string; wanted: boolean; aside: boolean; asOf?: number }

const placeOf = (room: string, seq: number | '' = ''): string => `${room}/${seq}`;
const roomOf = (place: string): string => place.slice(0, place.lastIndexOf('/'));
const seqOf = (place: string): number => Number(place.slice(place.lastIndexOf('/') + 1));

/** What somebody has begun to change, by room and message. */
export class Edits {
  readonly #begun: Begun<Kept>;
  /** Those that were looked at here. */
  readonly #edits = new Map<string, Edit>();

  /** @param changed told of the rooms for which another window has written something */
  constructor(user: string, changed: (room: string) => void) {
    this.#begun = new Begun('edit', user, place => changed(roomOf(place)));
  }

  of(room: string): Edit[] {
    return this.#begun.places(placeOf(room)).flatMap(place => this.#at(place) ?? []);
  }

  /** As it was written last, wherever that was. */
  find(room: string, seq: number): Edit | undefined {
    return this.#at(placeOf(room, seq));
  }

  keep(room: string, edit: Edit): void {
    const { seq, was, text, isWanted: wanted, isAside: aside, asOf } = edit;
    const place = placeOf(room, seq);
    this.#edits.set(place, edit);
    this.#begun.keep(place, { was, text, wanted, aside, asOf });
  }

  end(room: string, { seq }: Edit): void {
    this.#end(placeOf(room, seq));
  }

  /** The rooms of those that would be lost with the page, since the device keeps nothing more. */
  get unkept(): string[] {
    return [...this.#edits].flatMap(([place, edit]) => edit.isSaved || this.#begun.keeps(place) ? [] : roomOf(place));
  }

  /** Those of one room; or all, and none is kept from then on. */
  forget(room?: string): void {
    if (room !== undefined) {
      this.#begun.places(placeOf(room)).forEach(place => this.#end(place));
      return;
    }
    this.#edits.clear();
    this.#begun.end();
  }

  #end(place: string): void {
    this.#edits.delete(place);
    this.#begun.forget(place);
  }

  #at(place: string): Edit | undefined {
    const kept = this.#begun.at(place);
    if (kept === null) {
      this.#edits.delete(place);
      return undefined;
    }
    const { was, text, wanted, aside, asOf } = kept;
    const edit = this.#edits.get(place) ?? new Edit({ seq: seqOf(place), text: was }, wanted, asOf);
    this.#edits.set(place, edit);
    edit.text = text;
    edit.isAside = aside;
    edit.isWanted ||= wanted;
    return edit;
  }
}
