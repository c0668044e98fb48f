import type { Attachment } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { kindOf } from '../model/files.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { fileSize } from './time.ts';

const SHOWN_PX_MAX = 320;

/**
 * The files of a message: pictures and videos to look at, others to download.
 *
 * @param before what showed the message until now: from there they are taken if they are the same
 */
export function attachmentList(attachments: readonly Attachment[], app: App, before?: HTMLElement): HTMLElement | null {
  if (attachments.length === 0) return null;
  const files = attachments.map(({ id }) => id).join();
  const shown = before?.querySelector<HTMLElement>('.attachments');
  // What could not be loaded is tried again.
  if (shown?.dataset['files'] === files && !shown.querySelector('.gone')) return shown;
  const pictures = attachments.filter(attachment => kindOf(attachment) === 'image');
  return h('div', { class: pictures.length > 1 ? 'attachments several' : 'attachments', 'data-files': files }, ...attachments.map(attachment => {
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
    on: { click: () => void import('./viewer.ts').then(({ showPictures }) => showPictures(all, attachment, app)) },
  }, image);
  image.addEventListener('load', () => image.classList.remove('loading'));
  image.addEventListener('error', () => shown.classList.add('gone'));
  load(attachment, app, url => { image.src = url; }, shown);
  return shown;
}

function media(tag: 'video' | 'audio', attachment: Attachment, app: App): HTMLElement {
  const player = h(tag, { controls: true, preload: 'metadata', 'aria-label': attachment.name ?? m.video });
  const shown = h('div', { class: tag }, player);
  player.addEventListener('error', () => shown.classList.add('gone'));
  load(attachment, app, url => { player.src = url; }, shown);
  return shown;
}

function download(attachment: Attachment, app: App): HTMLElement {
  const name = attachment.name ?? m.file;
  const shown = h('button', {
    type: 'button', class: 'file', 'aria-label': m.download(name),
    on: { click: () => void app.attempt(async () => open(await app.files.of(attachment), attachment.name)) },
  }, icon('file'), h('span', { class: 'file-name' }, name), attachment.bytes !== undefined && h('span', { class: 'file-size' }, fileSize(attachment.bytes)));
  return shown;
}

function open(url: string, name: string | undefined): void {
  h('a', { href: url, download: name ?? '', target: '_blank', rel: 'noopener noreferrer' }).click();
}

function load(attachment: Attachment, app: App, use: (url: string) => void, shown: HTMLElement): void {
  app.files.of(attachment).then(use, () => {
    shown.classList.add('gone');
    shown.title = m.fileGone;
  });
}
