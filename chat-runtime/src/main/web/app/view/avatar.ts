import type { Presence } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { h } from './dom.ts';

const HUES = 10;

function hueOf(id: string): number {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash % HUES;
}

function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [...words[0]!][0]! + [...words[1]!][0]! : [...(words[0] ?? '?')].slice(0, 2).join('');
  return letters.toLocaleUpperCase();
}

/** A coloured disc that is the same everywhere for the same id, or a picture. The name beside it says who it is. */
export function avatar(id: string, name: string, more: { picture?: string; presence?: Presence } = {}): HTMLElement {
  const { picture, presence } = more;
  return h('span', { class: `avatar hue-${hueOf(id)}` },
    picture ? h('img', { src: picture, alt: '', draggable: false }) : h('span', { 'aria-hidden': 'true' }, initials(name)),
    presence && presence.state !== 'offline' && h('span', { class: `presence ${presence.state}`, role: 'img', 'aria-label': m[presence.state] }));
}

/** Somebody's picture or disc; `alone` without a sign of whether they are there. */
export function face(app: App, user: string, alone?: 'alone'): HTMLElement {
  const presence = alone || user === app.me ? undefined : app.client.presences.of(user);
  return avatar(user, app.people.name(user), { picture: app.faces.of(app.people.picture(user)), presence });
}
