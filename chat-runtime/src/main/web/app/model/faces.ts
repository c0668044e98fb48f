import type { FileUrls } from './files.ts';

const CACHE = 'faces';
const SHOWN_MAX = 500;

/** The pictures that people show of themselves, kept on the device: what an id stands for never changes. */
export class Faces {
  readonly #files: FileUrls;
  readonly #changed: () => void;
  readonly #urls = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(files: FileUrls, changed: () => void) {
    this.#files = files;
    this.#changed = changed;
  }

  /** The picture's address; until it has come there is none. */
  of(attachment: string | undefined): string | undefined {
    if (attachment !== undefined && !this.#asked.has(attachment)) {
      this.#asked.add(attachment);
      void this.#load(attachment);
    }
    return attachment === undefined ? undefined : this.#urls.get(attachment);
  }

  /** Forgets what failed, so that it is asked again with the next connection. */
  retry(): void {
    for (const id of [...this.#asked]) if (!this.#urls.has(id)) this.#asked.delete(id);
  }

  async forget(): Promise<void> {
    if (typeof caches !== 'undefined') await caches.delete(CACHE);
  }

  /** It is asked for again when it is shown again. */
  #forgetOldest(): void {
    const oldest = this.#urls.entries().next();
    if (this.#urls.size <= SHOWN_MAX || oldest.done) return;
    const [id, url] = oldest.value;
    URL.revokeObjectURL(url);
    this.#urls.delete(id);
    this.#asked.delete(id);
  }

  async #load(id: string): Promise<void> {
    try {
      this.#urls.set(id, URL.createObjectURL(await this.#picture(id)));
      this.#forgetOldest();
      this.#changed();
    } catch (error) {
      // The letters stay in its place.
      console.debug('no picture', error);
    }
  }

  async #picture(id: string): Promise<Blob> {
    // Pages that were not loaded over TLS have no cache.
    const cache = typeof caches === 'undefined' ? null : await caches.open(CACHE);
    const kept = await cache?.match('/faces/' + id);
    if (kept) return kept.blob();
    const answer = await this.#files.download({ id });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    await cache?.put('/faces/' + id, answer.clone());
    return answer.blob();
  }
}
