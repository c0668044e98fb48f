import type { Message } from '../../client/index.ts';
import { m } from '../i18n/index.ts';

const LENGTH_MAX = 200;
/** An id may be longer than the name. */
const READ_MAX = 1_000;

/** A message in one line, for quotes and lists. */
export function summary({ text, attachments, deleted }: Pick<Message, 'text' | 'attachments' | 'deleted'>, named: (text: string) => string): string {
  if (deleted) return m.deletedMessage;
  if (text) return named(text.replace(/\s+/g, ' ').slice(0, READ_MAX)).slice(0, LENGTH_MAX);
  const type = attachments[0]?.contentType ?? '';
  if (type.startsWith('image/')) return m.photo;
  return type.startsWith('video/') ? m.video : attachments[0]?.name ?? m.file;
}
