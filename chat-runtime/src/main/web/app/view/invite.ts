import { m } from '../i18n/index.ts';
import { inviteLink } from '../model/address.ts';
import type { App } from '../model/app.ts';
import { copyText, h } from './dom.ts';

/** How to bring somebody here: a link to give away. */
export function inviteCard(app: App): HTMLElement {
  const link = h('input', { class: 'invite-link', readOnly: true, value: inviteLink(app.me), 'aria-label': m.inviteLink, on: { focus: () => link.select() } });
  const copy = async (): Promise<void> => {
    await copyText(link.value);
    app.tell(m.linkCopied);
  };
  const onPhone = matchMedia('(pointer: coarse)').matches && 'share' in navigator;
  return h('div', { class: 'invite' },
    h('p', {}, m.inviteText),
    h('div', { class: 'inline' }, link,
      onPhone
        ? h('button', { type: 'button', on: { click: () => void navigator.share({ title: m.appName, url: link.value }).catch(() => undefined) } }, m.share)
        : h('button', { type: 'button', class: 'copy-link', on: { click: () => void app.attempt(copy) } }, m.copyLink)));
}
