import { listed } from '../i18n/formats.ts';
import { m } from '../i18n/index.ts';

const NAMED_MAX = 2;

/** Who is typing, as short as the line that it stands in: more than a few are only counted. */
export function typingText(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined) return '';
  if (names.length === 1) return m.isTyping(name);
  return names.length <= NAMED_MAX ? m.areTyping(listed(names)) : m.manyAreTyping(names.length);
}
