import { m } from '../i18n/index.ts';
import type { Upload } from '../model/uploads.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

/** Shows the files of the message that is being written, and how far each is. */
export function uploadChips(parent: HTMLElement, uploads: readonly Upload[], on: { remove(upload: Upload): void; retry(upload: Upload): void }): void {
  parent.replaceChildren(...uploads.map(upload => {
    const { file, preview, progress, attachment, problem } = upload;
    const percent = Math.round(progress * 100);
    return h('div', { class: `chip ${problem ? 'failed' : attachment ? 'done' : 'uploading'}` },
      preview ? h('img', { src: preview, alt: '' }) : icon('file'),
      h('span', { class: 'file-name' }, file.name),
      !attachment && !problem && h('progress', { max: 100, value: percent, 'aria-label': m.uploading(file.name, percent) }),
      problem && h('span', { class: 'problem', role: 'alert' }, m.uploadFailed(file.name, problem)),
      problem && h('button', { type: 'button', class: 'link', on: { click: () => on.retry(upload) } }, m.retry),
      h('button', { type: 'button', class: 'round small', 'aria-label': m.removeFile(file.name), on: { click: () => on.remove(upload) } }, icon('close')));
  }));
}
