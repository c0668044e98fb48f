import type { Api } from './api.ts';
import { ChatError } from './errors.ts';
import type { Attachment } from './protocol.ts';

export interface UploadOptions {
  /** Called with the share that has been sent, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

export interface UploadFile { name: string; type: string; size: number; data: Blob }

/** Asks for a place and puts the file there. Progress is reported where XMLHttpRequest exists. */
export async function upload(api: Api, room: string, file: UploadFile, options: UploadOptions = {}): Promise<Attachment> {
  const contentType = file.type || 'application/octet-stream';
  const place = await api.uploadPlace(room, { name: file.name, contentType, bytes: file.size });
  if (options.signal?.aborted) throw cancelled();
  const headers = place.headers ?? { 'Content-Type': contentType };
  await (typeof XMLHttpRequest === 'undefined' ? byFetch : byRequest)(place.uploadUrl, headers, file.data, options);
  const described: Attachment = typeof place.attachment === 'string' ? { id: place.attachment } : place.attachment;
  return { name: file.name, contentType, bytes: file.size, ...described };
}

function cancelled(): ChatError {
  return new ChatError('cancelled', 'The upload was cancelled', false);
}

function refused(status: number): ChatError {
  return new ChatError(status === 413 ? 'too_large' : 'invalid', `The store answered HTTP ${status}`, status >= 500);
}

async function byFetch(url: string, headers: Record<string, string>, data: Blob, { onProgress, signal }: UploadOptions): Promise<void> {
  const response = await fetch(url, { method: 'PUT', headers, body: data, signal }).catch((error: unknown) => {
    throw signal?.aborted ? cancelled() : ChatError.disconnected(String(error));
  });
  if (!response.ok) throw refused(response.status);
  onProgress?.(1);
}

function byRequest(url: string, headers: Record<string, string>, data: Blob, { onProgress, signal }: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
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
