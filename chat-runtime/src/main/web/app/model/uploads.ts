import { type Attachment, ChatError, type Room } from '../../client/index.ts';
import { fileSize, listed } from '../i18n/formats.ts';
import { m } from '../i18n/index.ts';
import type { App } from './app.ts';
import { type DraftFile, isLate } from './drafts.ts';
import { kindOf } from './files.ts';
import { pictured } from './pictured.ts';
import { problemText } from './problem.ts';

/** A file that goes with the message that is being written. */
export interface Upload {
  readonly name: string;
  /** What was uploaded by another page is not here. */
  readonly file?: File;
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
/** The service keeps what is not sent for so long, from when it was told of it. */
const UNSENT_KEPT_MS = 23 * 60 * 60_000;

/** The files of the message that is being written, in each room. What is uploaded belongs to the draft, and outlives the page. */
export class Uploads {
  readonly #app: App;
  readonly #changed: () => void;
  readonly #uploads = new Map<string, Upload[]>();

  constructor(app: App, changed: () => void) {
    this.#app = app;
    this.#changed = changed;
    app.client.on('state', ({ name }) => name === 'live' && this.#goOn());
    app.client.on('removed', ({ room }) => this.#drop(room));
    app.on('leaving', () => [...this.#uploads.keys()].forEach(room => this.#drop(room)));
  }

  /** Whether there are files that would be lost with the page; who has signed out is asked nothing. */
  get isUnsaved(): boolean {
    const { drafts, hasLeft } = this.#app;
    return !hasLeft && [...this.#uploads].some(([room, uploads]) => uploads.some(({ attachment }) => !attachment || !drafts.keeps(room)));
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

  /** Goes by the draft, which another page may have written; what cannot be sent any more is taken out of it. */
  renew(room: Room): void {
    const { files = [] } = this.#app.drafts.of(room.id);
    const there = files.filter(file => !isLate(file));
    const late = files.filter(isLate);
    if (late.length > 0) {
      this.#app.drafts.keepFiles(room.id, () => there);
      this.#app.tell(m.filesLate(listed(late.map(({ attachment: { name } }) => name ?? m.file))));
    }
    const before = this.of(room);
    const uploads = before.filter(({ attachment }) => !attachment || isAmong(there, attachment));
    before.filter(upload => !uploads.includes(upload)).forEach(forgetPreview);
    this.#uploads.set(room.id, [...uploads, ...there.filter(({ attachment }) => !isAmong(uploads, attachment)).map(uploaded)]);
  }

  retry(room: Room, upload: Upload, again = AGAIN_MAX): void {
    this.remove(room, upload);
    if (upload.file) this.#begin(room, upload.file, again);
  }

  remove(room: Room, upload: Upload): void {
    upload.cancel();
    forgetPreview(upload);
    this.#uploads.set(room.id, this.of(room).filter(other => other !== upload));
    const { attachment } = upload;
    if (attachment) this.#app.drafts.keepFiles(room.id, files => files.filter(file => file.attachment.id !== attachment.id));
    this.#changed();
  }

  /** Takes out what is uploaded, for a message. */
  take(room: Room): Attachment[] {
    const uploads = this.of(room);
    this.#uploads.delete(room.id);
    // Another window may have put there what was not shown here yet.
    this.#app.drafts.keepFiles(room.id, files => files.filter(({ attachment }) => !isAmong(uploads, attachment)));
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
    const until = Date.now() + UNSENT_KEPT_MS;
    const upload: Upload = {
      name: file.name,
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
      const whole = { ...attachment, ...(image ? await pictured(file) : {}) };
      if (abort.signal.aborted) return;
      upload.attachment = whole;
      const place = (file: DraftFile): number => this.of(room).findIndex(({ attachment: shown }) => shown?.id === file.attachment.id);
      // In the order in which they were chosen, whichever came first.
      this.#app.drafts.keepFiles(room.id, files => [...files, { attachment: whole, until }].sort((a, b) => place(a) - place(b)));
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

function isAmong(files: readonly { attachment?: Attachment }[], { id }: Attachment): boolean {
  return files.some(({ attachment }) => attachment?.id === id);
}

/** As another page has left it. */
function uploaded({ attachment }: DraftFile): Upload {
  return { name: attachment.name ?? m.file, preview: attachment.preview, progress: 1, attachment, cancel: () => undefined };
}

/** One that is no object's address is let go of by nobody. */
function forgetPreview({ preview }: Upload): void {
  if (preview) URL.revokeObjectURL(preview);
}
