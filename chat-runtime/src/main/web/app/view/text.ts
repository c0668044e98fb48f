import { h } from './dom.ts';

const PARTS = /(https?:\/\/[^\s<>"]+)|(?<![\w@.])@([\w.+-]*[\w])/gu;
const TRAILING = /[.,:;!?'")\]}]+$/;
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s*){1,3}$/u;

function link(address: string): Node[] {
  let shown = address.replace(TRAILING, '');
  // A closing bracket belongs to the address when it was opened in it.
  if (address[shown.length] === ')' && shown.includes('(')) shown += ')';
  if (!URL.canParse(shown)) return [document.createTextNode(address)];
  return [
    h('a', { href: shown, target: '_blank', rel: 'noopener noreferrer nofollow' }, shown),
    document.createTextNode(address.slice(shown.length)),
  ];
}

/** A message's text with links and mentions; everything else is text. */
export function richText(text: string, me: string, isPerson: (user: string) => boolean): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const match of text.matchAll(PARTS)) {
    fragment.append(text.slice(at, match.index));
    const [whole, address, user] = match;
    if (address) fragment.append(...link(address));
    else if (user && isPerson(user)) fragment.append(h('span', { class: user === me ? 'mention me' : 'mention' }, whole));
    else fragment.append(whole);
    at = match.index + whole.length;
  }
  fragment.append(text.slice(at));
  return fragment;
}

export function isEmojiOnly(text: string): boolean {
  return EMOJI_ONLY.test(text);
}
