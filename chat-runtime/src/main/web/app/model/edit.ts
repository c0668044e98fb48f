import type { Message } from '../../client/index.ts';

/** A message that is being changed. */
export class Edit {
  readonly kind = 'edit';
  readonly seq: number;
  /** What it is to say, as far as it is written. */
  text: string;
  /** The person has asked for it to be saved: turning to something else does not give it up. */
  isWanted: boolean;
  /** The person has turned to something else meanwhile. */
  isAside = false;
  /** The message is not there any more, as the person has been told. */
  isGone = false;
  #was: string;
  #asOf: number;
  /** What was asked for may have been stored without an answer. */
  #mayBeOtherwise: boolean;
  #underWay = 0;
  #saving: Promise<void> = Promise.resolve();

  /**
   * @param wanted whether another page has asked for it to be saved
   * @param asOf the sequence of what was saved of it last
   */
  constructor({ seq, text }: Pick<Message, 'seq' | 'text'>, wanted = false, asOf = 0) {
    this.seq = seq;
    this.isWanted = wanted;
    this.#mayBeOtherwise = wanted;
    this.#was = text;
    this.#asOf = asOf;
    this.text = text;
  }

  /** What the message says without what is not saved. */
  get was(): string {
    return this.#was;
  }

  /** The sequence from which on others tell what the message says: what was saved of this edit last. */
  get asOf(): number {
    return this.#asOf;
  }

  get isSaved(): boolean {
    return this.fits(this.#was);
  }

  get isBeingSaved(): boolean {
    return this.#underWay > 0;
  }

  /** Somebody has changed the message meanwhile, maybe the person on another device: to put back what it said is a change as well. */
  follow(text: string): void {
    this.#was = text;
  }

  /** Whether a message that says so is as it is to be. */
  fits(text: string): boolean {
    return plain(this.text) === plain(text);
  }

  /** Saves what is written now, after what was saved before: somebody may write on meanwhile, and save that as well. */
  save(store: (text: string) => Promise<number>): Promise<void> {
    const text = plain(this.text);
    this.isWanted = true;
    this.#underWay++;
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#save(text, store)).finally(() => { this.#underWay--; });
    return this.#saving;
  }

  async #save(text: string, store: (text: string) => Promise<number>): Promise<void> {
    if (text === plain(this.#was) && !this.#mayBeOtherwise) return;
    this.#mayBeOtherwise = true;
    this.#asOf = await store(text);
    this.#was = text;
    this.#mayBeOtherwise = false;
  }
}

/** As a text field has it and it is sent: another client may have ended its lines, or the text, otherwise. */
function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}
