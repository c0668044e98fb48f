import { type Attachment, ChatError, type Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import { fileSize } from '../view/time.ts';
import type { App } from './app.ts';
import { kindOf } from './files.ts';
import { problemText } from './problem.ts';

/** A file that goes with the message that is being written. */
export interface Upload {
  readonly file: File;
  readonly preview?: string;
  progress: number;
  attachment?: Attachment;
  problem?: string;
  /** It failed for want of a connection: it is tried again a few times on the present one, if there is one, and with the next. */
  interrupted?: boolean;
  cancel(): void;
}

const AT_ONCE_MAX = 20;
const AGAIN_MS = 5_000;
const AGAIN_MAX = 3;

/** The files of the message that is being written, in each room. */
export class Uploads {
  readonly #app: App;
  readonly #changed: () => void;
  readonly #uploads = new Map<string, Upload[]>();

  constructor(app: App, changed: () => void) {
    this.#app = app;
    this.#changed = changed;
    app.client.on('state', ({ name }) => name === 'live' && this.#goOn());
    app.client.on('removed', ({ room }) => this.#drop(room));
  }

  /** Whether there are files that would be lost with the page; who has signed out is asked nothing. */
  get any(): boolean {
    return !this.#app.hasLeft && [...this.#uploads.values()].some(({ length }) => length > 0);
  }

  /** Whether files can go with what the user writes in a room. */
  takes(room: Room): boolean {
    return this.#app.config.media && room.role !== 'readonly';
  }

  of(room: Room): readonly Upload[] {
    return this.#uploads.get(room.id) ?? [];
  }

  add(room: Room, files: Iterable<File>): void {
    for (const file of files) {
      const refusal = this.#refusal(room, file);
      if (refusal) this.#app.tell(refusal);
      else this.#begin(room, file);
    }
  }

  retry(room: Room, upload: Upload, again = AGAIN_MAX): void {
    this.remove(room, upload);
    this.#begin(room, upload.file, again);
  }

  remove(room: Room, upload: Upload): void {
    upload.cancel();
    forgetPreview(upload);
    this.#uploads.set(room.id, this.of(room).filter(other => other !== upload));
    this.#changed();
  }

  /** Takes out what is uploaded, for a message. */
  take(room: Room): Attachment[] {
    const uploads = this.of(room);
    this.#uploads.delete(room.id);
    this.#changed();
    uploads.forEach(forgetPreview);
    return uploads.flatMap(({ attachment }) => attachment ? [attachment] : []);
  }

  #drop(room: string): void {
    for (const upload of this.#uploads.get(room) ?? []) {
      upload.cancel();
      forgetPreview(upload);
    }
    this.#uploads.delete(room);
  }

  #goOn(): void {
    for (const id of this.#uploads.keys()) {
      const room = this.#app.client.rooms.get(id);
      if (room) for (const upload of this.of(room)) if (upload.interrupted) this.retry(room, upload);
    }
  }

  #refusal(room: Room, file: File): string | undefined {
    if (this.of(room).length >= AT_ONCE_MAX) return m.tooManyFiles(AT_ONCE_MAX);
    const { attachmentBytesMax, attachmentTypes } = this.#app.config.limits;
    if (attachmentBytesMax !== undefined && file.size > attachmentBytesMax) return m.fileTooLarge(file.name, fileSize(attachmentBytesMax));
    return attachmentTypes === undefined || attachmentTypes.includes(typeOf(file)) ? undefined : m.fileType(file.name);
  }

  /** @param again how often it is tried again by itself on one connection */
  #begin(room: Room, file: File, again = AGAIN_MAX): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = new AbortController();
    const image = kindOf({ id: '', contentType: file.type }) === 'image';
    const upload: Upload = {
      file,
      progress: 0,
      preview: image ? URL.createObjectURL(file) : undefined,
      cancel: () => {
        clearTimeout(timer);
        abort.abort();
      },
    };
    this.#uploads.set(room.id, [...this.of(room), upload]);
    this.#changed();
    this.#app.client.upload(room.id, { name: file.name, type: typeOf(file), size: file.size, data: file }, {
      signal: abort.signal,
      onProgress: share => {
        upload.progress = share;
        this.#changed();
      },
    }).then(async attachment => {
      this.#app.files.keepLocal(attachment.id, file);
      upload.attachment = { ...attachment, ...(image ? await sizeOf(file) : {}) };
    }).catch((error: unknown) => {
      const code = error instanceof ChatError ? error.code : 'internal';
      if (code === 'cancelled' || abort.signal.aborted) return;
      upload.problem = problemText(error);
      upload.interrupted = code === 'disconnected';
      // The connection that the upload was lost with may be back already: no other one tells then.
      const waits = upload.interrupted && again > 0 && this.#app.client.state.name === 'live';
      if (waits) timer = setTimeout(() => this.retry(room, upload, again - 1), AGAIN_MS);
    }).finally(this.#changed);
  }
}

/** Where the browser knows none, it is the one that says nothing. */
function typeOf({ type }: File): string {
  return type || 'application/octet-stream';
}

function forgetPreview({ preview }: Upload): void {
  if (preview) URL.revokeObjectURL(preview);
}

async function sizeOf(file: File): Promise<{ width?: number; height?: number }> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  return bitmap ? { width: bitmap.width, height: bitmap.height } : {};
}
