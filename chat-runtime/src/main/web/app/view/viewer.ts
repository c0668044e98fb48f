import type { Attachment } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { closeOutside } from './dialog.ts';
import { fill, h } from './dom.ts';
import { icon } from './icons.ts';

/** Pictures over the whole window: arrow keys go from one to the next, Escape closes. */
export function showPictures(pictures: readonly Attachment[], first: Attachment, app: App): void {
  let index = Math.max(0, pictures.indexOf(first));
  const caption = h('p', { class: 'caption' });
  const image = h('img', { on: { error: () => { caption.textContent = m.fileGone; } } });
  const button = (label: string, name: Parameters<typeof icon>[0], className: string, click: () => void): HTMLElement =>
    h('button', { type: 'button', class: `round ${className}`, 'aria-label': label, on: { click } }, icon(name));
  const show = (step: number): void => {
    index = (index + step + pictures.length) % pictures.length;
    const picture = pictures[index]!;
    image.alt = picture.name ?? m.photo;
    caption.textContent = pictures.length > 1 ? `${image.alt} · ${index + 1}/${pictures.length}` : image.alt;
    const isShown = (): boolean => pictures[index] === picture;
    app.files.of(picture).then(url => {
      if (isShown()) image.src = url;
    }, () => {
      if (isShown()) caption.textContent = m.fileGone;
    });
  };
  const dialog: HTMLDialogElement = h('dialog', {
    class: 'viewer', 'aria-label': m.photo,
    on: {
      close: () => dialog.remove(),
      keydown: event => {
        const forward = getComputedStyle(dialog).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
        if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') show(event.key === forward ? 1 : -1);
      },
    },
  });
  fill(dialog, image, caption,
    button(m.close, 'close', 'viewer-close', () => dialog.close()),
    pictures.length > 1 && button(m.previous, 'back', 'viewer-previous', () => show(-1)),
    pictures.length > 1 && button(m.next, 'back', 'viewer-next', () => show(1)));
  closeOutside(dialog);
  document.body.append(dialog);
  dialog.showModal();
  const end = app.on('current', () => dialog.close());
  dialog.addEventListener('close', end);
  show(0);
}
