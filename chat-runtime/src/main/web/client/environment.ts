/** What the client needs of where it runs; tests put their own in its place. */
export interface Environment {
  webSocket(url: string, protocol: string): SocketLike;
  now(): number;
  setTimer(action: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
  random(): number;
  id(): string;
  fetch: typeof fetch;
}

/** The part of the standard WebSocket that is used. */
export interface SocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror?: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export const OPEN = 1;

/** Also where `crypto` is missing, as in older React Native: it names messages, it protects nothing. */
function randomId(): string {
  const source: Crypto | undefined = globalThis.crypto;
  const bytes = new Uint8Array(16);
  if (source) source.getRandomValues(bytes);
  else bytes.forEach((_, index) => { bytes[index] = Math.random() * 256; });
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Browsers, Node from 22 on and React Native. */
export function globalEnvironment(): Environment {
  return {
    webSocket: (url, protocol) => new WebSocket(url, protocol) as unknown as SocketLike,
    now: Date.now,
    setTimer: (action, ms) => setTimeout(action, ms),
    clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
    random: Math.random,
    id: randomId,
    fetch: (...args) => fetch(...args),
  };
}
