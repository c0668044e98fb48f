import type { ErrorBody, ErrorCode } from './protocol.ts';

/** Why a request failed; `disconnected` where no answer came, so that what happened is unknown. */
export class ChatError extends Error {
  readonly code: ErrorCode | 'disconnected' | 'cancelled';
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode | 'disconnected' | 'cancelled', message: string, retryable: boolean, retryAfterMs?: number) {
    super(message);
    this.name = 'ChatError';
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }

  static of(body: ErrorBody): ChatError {
    return new ChatError(body.code, body.message, body.retryable, body.retryAfterMs);
  }

  static disconnected(message = 'Not connected'): ChatError {
    return new ChatError('disconnected', message, true);
  }
}

export function asChatError(error: unknown): ChatError {
  return error instanceof ChatError ? error : new ChatError('internal', error instanceof Error ? error.message : String(error), true);
}
