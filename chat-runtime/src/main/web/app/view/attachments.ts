import type { Attachment } from '../../client/index.ts';
import { fileSize } from '../i18n/formats.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { kindOf } from '../model/files.ts';
import { type Child, h } from './dom.ts';
import { icon } from './icons.ts';
import { later, useLater } from './later.ts';

const SHOWN_PX_MAX = 320;

/**
 * The files of a message: pictures and videos to look at, others to download.
 *
 * @param isStored only of a message that is, the service gives out files
 * @param before what showed the message until now: from there they are taken if they are the same
 */
export function attachmentList(attachments: readonly Attachment[], app: App, isStored: boolean, before?: HTMLElement): HTMLElement | null {
  if (attachments.length === 0) return null;
  const isHere = ({ id }: Attachment): boolean => isStored || app.files.isLocal(id);
  const files = attachments.map(attachment => attachment.id + (isHere(attachment) ? '' : '?')).join();
  const shown = before?.querySelector<HTMLElement>('.attachments');
  // What could not be loaded is tried again.
  if (shown?.dataset['files'] === files && !shown.querySelector('.gone')) return shown;
  const pictures = attachments.filter(attachment => isHere(attachment) && kindOf(attachment) === 'image');
  return h('div', { class: pictures.length > 1 ? 'attachments several' : 'attachments', 'data-files': files }, ...attachments.map(attachment => {
    if (!isHere(attachment)) return onItsWay(attachment);
    switch (kindOf(attachment)) {
      case 'image': return picture(attachment, pictures, app);
      case 'video': return media('video', attachment, app);
      case 'audio': return media('audio', attachment, app);
      case 'file': return download(attachment, app);
    }
  }));
}

function picture(attachment: Attachment, all: readonly Attachment[], app: App): HTMLElement {
  const name = attachment.name ?? m.photo;
  const image = h('img', { alt: name, loading: 'lazy', decoding: 'async', class: 'loading' });
  const { width, height, preview } = attachment;
  if (width && height) {
    const scale = Math.min(1, SHOWN_PX_MAX / Math.max(width, height));
    image.width = Math.round(width * scale);
    image.height = Math.round(height * scale);
  }
  if (preview?.startsWith('data:image/')) image.src = preview;
  const shown = h('button', {
    type: 'button', class: 'picture', 'aria-label': m.openFile(name),
    on: { click: () => void useLater(later.viewer, app, ({ showPictures }) => showPictures(all, attachment, app)) },
  }, image);
  image.addEventListener('load', () => image.classList.remove('loading'));
  load(attachment, app, image, () => shown.replaceWith(gone(attachment, app, () => picture(attachment, all, app))));
  return shown;
}

function media(tag: 'video' | 'audio', attachment: Attachment, app: App): HTMLElement {
  const player = h(tag, { controls: true, preload: 'metadata', 'aria-label': attachment.name ?? m.video });
  const shown = h('div', { class: tag }, player);
  load(attachment, app, player, () => shown.replaceWith(gone(attachment, app, () => media(tag, attachment, app))));
  return shown;
}

/** In the place of what only the service has, and gives to nobody yet. */
function onItsWay({ name, bytes, preview }: Attachment): HTMLElement {
  return h('div', { class: 'file waiting' }, preview?.startsWith('data:image/') ? h('img', { src: preview, alt: '' }) : icon('file'), ...nameAndSize(name ?? m.file, bytes));
}

function nameAndSize(name: string, bytes: number | undefined): Child[] {
  return [h('span', { class: 'file-name' }, name), bytes !== undefined && h('span', { class: 'file-size' }, fileSize(bytes))];
}

/** In the place of what cannot be shown. */
function gone({ id, name }: Attachment, app: App, again: () => HTMLElement): HTMLElement {
  const retry = (): void => {
    app.files.forget(id);
    shown.replaceWith(again());
  };
  const shown = h('div', { class: 'gone' }, icon('warning'), h('span', { dir: 'auto' }, name ? m.says(name, m.fileGone) : m.fileGone),
    h('button', { type: 'button', class: 'link', on: { click: retry } }, m.retry));
  return shown;
}

function download(attachment: Attachment, app: App): HTMLElement {
  const name = attachment.name ?? m.file;
  const shown = h('button', {
    type: 'button', class: 'file', 'aria-label': m.download(name),
    on: { click: () => void app.attempt(async () => open(await app.files.of(attachment), attachment.name)) },
  }, icon('file'), ...nameAndSize(name, attachment.bytes));
  return shown;
}

function open(url: string, name: string | undefined): void {
  h('a', { href: url, download: name ?? '', target: '_blank', rel: 'noopener noreferrer' }).click();
}

/** Addresses hold for some minutes: one that has run out is replaced by a fresh one, and a player goes on where it was. */
function load(attachment: Attachment, app: App, element: HTMLImageElement | HTMLMediaElement, failed: () => void): void {
  let used = '';
  const use = async (): Promise<void> => {
    const url = await app.files.of(attachment);
    if (url === used) throw new Error('the file cannot be shown');
    used = url;
    const player = element instanceof HTMLMediaElement ? element : null;
    const at = player?.currentTime ?? 0;
    const playing = player !== null && !player.paused;
    element.src = url;
    if (player && at > 0) player.currentTime = at;
    // Where the browser does not play by itself, the person does.
    if (playing) player?.play().catch((error: unknown) => console.info('not played on:', error));
  };
  const begin = (): void => void use().catch((error: unknown) => {
    console.info('not shown:', attachment.id, error);
    failed();
  });
  element.addEventListener('error', () => {
    // A preview that cannot be shown is none.
    if (used) begin();
  });
  begin();
}
