import type { Attachment, ChatClient } from '../../client/index.ts';

const SPARE_MS = 30_000;
const KEPT_MAX = 30;

export type FileKind = 'image' | 'video' | 'audio' | 'file';

export function kindOf({ contentType }: Attachment): FileKind {
  // Pictures that can hold scripts are files to download, never shown.
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(contentType ?? '')) return 'image';
  if (contentType?.startsWith('video/')) return 'video';
  return contentType?.startsWith('audio/') ? 'audio' : 'file';
}

/** Addresses of attachments, which hold for a while only; and of pictures that were chosen here, which need none. */
export class FileUrls {
  readonly #client: ChatClient;
  readonly #urls = new Map<string, Promise<{ url: string; expiresAt: number }>>();
  readonly #local = new Map<string, string>();

  constructor(client: ChatClient) {
    this.#client = client;
  }

  keepLocal(id: string, file: Blob): void {
    this.#local.set(id, URL.createObjectURL(file));
    const oldest = this.#local.keys().next();
    if (this.#local.size > KEPT_MAX && !oldest.done) this.forget(oldest.value);
  }

  /** Whether it was chosen here. */
  isLocal(id: string): boolean {
    return this.#local.has(id);
  }

  /** For when what an address leads to cannot be shown: the next one is asked for anew. */
  forget(id: string): void {
    const local = this.#local.get(id);
    if (local) URL.revokeObjectURL(local);
    this.#local.delete(id);
    this.#urls.delete(id);
  }

  async of({ id }: Attachment): Promise<string> {
    const local = this.#local.get(id);
    if (local) return local;
    const known = await this.#urls.get(id)?.catch(() => null);
    if (known && known.expiresAt - SPARE_MS > Date.now()) return known.url;
    const asked = this.#client.api.attachmentUrl(id);
    this.#urls.set(id, asked);
    return (await asked).url;
  }

  async download(attachment: Attachment): Promise<Response> {
    return this.#client.api.file(await this.of(attachment));
  }
}
