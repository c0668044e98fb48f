import { ChatError } from '../../client/index.ts';
import { m } from '../i18n/index.ts';

/** An error whose message is in the person's own language. */
export class Explained extends Error {}

/** Why something failed, for people; what the service says itself is for developers. */
export function problemText(error: unknown): string {
  if (error instanceof Explained) return error.message;
  console.info('failed:', error);
  return codeText(error instanceof ChatError ? error.code : 'internal');
}

/** Newer services may have codes that are not known here. */
export function codeText(code: string): string {
  return Object.hasOwn(m.problem, code) ? m.problem[code as keyof typeof m.problem] : m.problem.internal;
}

/** Why the service does not want the page back. */
export function closeText(code: number): string {
  switch (code) {
    case 4500: return m.signedOut;
    case 4502: return m.tooManyConnections;
    default: return m.stopped;
  }
}
