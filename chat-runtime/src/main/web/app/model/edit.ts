import type { Message } from '../../client/index.ts';

/** A message that is being changed. */
export class Edit {
  readonly kind = 'edit';
  /** What it is to say, as far as it is written. */
  text: string;
  #message: Message;
  #saving: Promise<void> = Promise.resolve();

  constructor(message: Message) {
    this.#message = message;
    this.text = message.text;
  }

  /** As it stands without what is not saved. */
  get message(): Message {
    return this.#message;
  }

  get isSaved(): boolean {
    return plain(this.text) === plain(this.#message.text);
  }

  /** Saves what is written now, after what was saved before: somebody may write on meanwhile, and save that as well. */
  save(store: (text: string) => Promise<void>): Promise<void> {
    const text = plain(this.text);
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#save(text, store));
    return this.#saving;
  }

  async #save(text: string, store: (text: string) => Promise<void>): Promise<void> {
    if (text === plain(this.#message.text)) return;
    await store(text);
    this.#message = { ...this.#message, text };
  }
}

/** As a text field has it and it is sent: another client may have ended its lines, or the text, otherwise. */
function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}
