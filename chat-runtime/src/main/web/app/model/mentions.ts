export type Part =
  | { kind: 'text' | 'address'; text: string }
  | { kind: 'mention'; user: string };

/** What begins like an address, and what may be somebody's id, which is of visible ASCII characters. */
const CANDIDATES = /(https?:\/\/[^\s<>"]+)|(?<![\p{L}\p{N}_@.])@([\x21-\x7e]{1,128})/gu;
const BEGUN = /(?:^|\s)@(\S*)$/;
/** For a whole text: one that is made of nothing but `@` must not keep the page busy. */
const LOOKUPS_MAX = 2_000;
const ASKED_MAX = 3;

/** A message's text, with the addresses and the mentions of people in it. */
export function partsOf(text: string, isPerson: (user: string) => boolean): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    if (end > at) parts.push({ kind: 'text', text: text.slice(at, end) });
    at = end;
  };
  let lookups = 0;
  const known = (user: string): boolean => lookups++ < LOOKUPS_MAX && isPerson(user);
  CANDIDATES.lastIndex = 0;
  for (let match = CANDIDATES.exec(text); match; match = CANDIDATES.exec(text)) {
    const [whole, address, written] = match;
    const user = written === undefined || lookups >= LOOKUPS_MAX ? undefined : personOf(written, known);
    if (address) {
      upTo(match.index);
      parts.push({ kind: 'address', text: address });
      at += whole.length;
    } else if (user !== undefined) {
      upTo(match.index);
      parts.push({ kind: 'mention', user });
      at += 1 + user.length;
      CANDIDATES.lastIndex = at;
    } else {
      CANDIDATES.lastIndex = match.index + 1;
    }
  }
  upTo(text.length);
  return parts;
}

/** The longest beginning that is somebody's id and does not end within a word: what follows may be punctuation. */
function personOf(written: string, isPerson: (user: string) => boolean): string | undefined {
  for (let length = written.length; length > 0; length--) {
    if (/\w{2}/.test(written.slice(length - 1, length + 1))) continue;
    const user = written.slice(0, length);
    if (isPerson(user)) return user;
  }
  return undefined;
}

/** A text in which people have their names. */
export function withNames(text: string, isPerson: (user: string) => boolean, name: (user: string) => string): string {
  return partsOf(text, isPerson).map(part => part.kind === 'mention' ? '@' + name(part.user) : part.text).join('');
}

/** The first who may be mentioned in a text, where it is not known who is a person. */
export function maybeMentioned(text: string): string[] {
  return [...text.matchAll(CANDIDATES)].flatMap(([, , written]) => written?.replace(/\W+$/, '') || []).slice(0, ASKED_MAX);
}

/** What somebody has written of a name or id so far, after an `@`. */
export function begunMention(before: string): string | undefined {
  return BEGUN.exec(before)?.[1];
}
