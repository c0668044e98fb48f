import type { Api, UploadDescription, UploadPlace } from './api.ts';
import { ChatError } from './errors.ts';
import type { Attachment } from './protocol.ts';

export interface UploadOptions {
  /** Called with the share that has been sent, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

export interface UploadFile { name: string; type: string; size: number; data: Blob }

/** Asks for a place and puts the file there. Progress is reported where XMLHttpRequest exists. */
export function upload(api: Api, room: string, file: UploadFile, options?: UploadOptions): Promise<Attachment> {
  return put(api, described => api.uploadPlace(room, described), file, options);
}

/** Shows a picture as the user's own from now on. @returns the attachment's id */
export async function uploadAvatar(api: Api, picture: UploadFile, options?: UploadOptions): Promise<string> {
  const { id } = await put(api, described => api.avatarPlace(described), picture, options);
  const { displayName } = await api.me();
  await api.updateMe({ displayName, avatar: id });
  return id;
}

type Announce = (file: UploadDescription) => Promise<UploadPlace>;

async function put(api: Api, announce: Announce, file: UploadFile, options: UploadOptions = {}): Promise<Attachment> {
  const contentType = file.type || 'application/octet-stream';
  const place = await announce({ name: file.name, contentType, bytes: file.size });
  if (options.signal?.aborted) throw cancelled();
  await (typeof XMLHttpRequest === 'undefined' ? byFetch(api, place, file.data, options) : byRequest(place, file.data, options));
  return { id: place.attachment, name: file.name, contentType, bytes: file.size };
}

function cancelled(): ChatError {
  return new ChatError('cancelled', 'The upload was cancelled', false);
}

function refused(status: number): ChatError {
  return new ChatError(status === 413 ? 'too_large' : 'invalid', `The store answered HTTP ${status}`, status >= 500);
}

async function byFetch(api: Api, place: UploadPlace, data: Blob, { onProgress, signal }: UploadOptions): Promise<void> {
  const response = await api.put(place, data, signal).catch((error: unknown) => {
    throw signal?.aborted ? cancelled() : ChatError.disconnected(String(error));
  });
  if (!response.ok) throw refused(response.status);
  onProgress?.(1);
}

function byRequest({ uploadUrl, headers }: UploadPlace, data: Blob, { onProgress, signal }: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', uploadUrl);
    for (const [name, value] of Object.entries(headers)) {
      // Browsers set the length and the host themselves and refuse scripts that try.
      if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = event => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onload = () => request.status < 300 ? resolve() : reject(refused(request.status));
    request.onerror = () => reject(ChatError.disconnected('The upload was interrupted'));
    request.onabort = () => reject(cancelled());
    signal?.addEventListener('abort', () => request.abort());
    request.send(data);
  });
}
