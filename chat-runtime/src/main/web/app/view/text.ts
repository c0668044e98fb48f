import { leadsHere } from '../model/address.ts';
import { partsOf } from '../model/mentions.ts';
import { h } from './dom.ts';

const TRAILING = /[.,:;!?'")\]}]+$/;
/** Pictures with what varies and joins them, flags of two letters, and keys. */
const EMOJI_ONLY = /^(?:(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}])*|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)\s*){1,3}$/u;

function link(address: string): Node[] {
  let shown = address.replace(TRAILING, '');
  // A closing bracket belongs to the address when it was opened in it.
  if (address[shown.length] === ')' && shown.includes('(')) shown += ')';
  if (!URL.canParse(shown)) return [document.createTextNode(address)];
  return [
    // Another window would have to be signed in first.
    leadsHere(shown) ? h('a', { href: shown }, shown) : h('a', { href: shown, target: '_blank', rel: 'noopener noreferrer nofollow' }, shown),
    document.createTextNode(address.slice(shown.length)),
  ];
}

/** A message's text with links, and mentions by what people are called; everything else is text. */
export function richText(text: string, me: string, isPerson: (user: string) => boolean, name: (user: string) => string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of partsOf(text, isPerson)) {
    switch (part.kind) {
      case 'text': fragment.append(part.text); break;
      case 'address': fragment.append(...link(part.text)); break;
      case 'mention': fragment.append(h('span', { class: part.user === me ? 'mention me' : 'mention', title: part.user }, '@' + name(part.user)));
    }
  }
  return fragment;
}

export function isEmojiOnly(text: string): boolean {
  return EMOJI_ONLY.test(text);
}
