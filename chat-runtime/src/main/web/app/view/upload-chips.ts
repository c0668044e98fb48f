import { m } from '../i18n/index.ts';
import type { Upload } from '../model/uploads.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

interface Listener { remove(upload: Upload): void; retry(upload: Upload): void }

/** Shows the files of the message that is being written, and how far each is; what is pressed meanwhile stays where it is. */
export class UploadChips {
  readonly element = h('div', { class: 'chips' });
  readonly #on: Listener;
  readonly #chips = new Map<Upload, { element: HTMLElement; update(): void }>();

  constructor(on: Listener) {
    this.#on = on;
  }

  show(uploads: readonly Upload[]): void {
    for (const [upload, { element }] of this.#chips) {
      if (uploads.includes(upload)) continue;
      element.remove();
      this.#chips.delete(upload);
    }
    for (const upload of uploads) {
      const chip = this.#chips.get(upload) ?? this.#add(upload);
      chip.update();
    }
  }

  #add(upload: Upload): { element: HTMLElement; update(): void } {
    const { name, preview } = upload;
    const progress = h('progress', { max: 100 });
    const remove = h('button', { type: 'button', class: 'round small', 'aria-label': m.removeFile(name), on: { click: () => this.#on.remove(upload) } }, icon('close'));
    const element = h('div', {}, preview ? h('img', { src: preview, alt: '' }) : icon('file'), h('span', { class: 'file-name' }, name), progress, remove);
    const update = (): void => {
      const { attachment, problem } = upload;
      element.className = `chip ${problem ? 'failed' : attachment ? 'done' : 'uploading'}`;
      progress.value = Math.round(upload.progress * 100);
      progress.setAttribute('aria-label', m.uploading(name, progress.value));
      // An upload ends once.
      if (!attachment && !problem || progress.parentElement === null) return;
      progress.remove();
      if (problem) {
        remove.before(h('span', { class: 'problem', role: 'alert' }, m.uploadFailed(name, problem)),
          h('button', { type: 'button', class: 'link', on: { click: () => this.#on.retry(upload) } }, m.retry));
      }
    };
    const chip = { element, update };
    this.#chips.set(upload, chip);
    this.element.append(element);
    return chip;
  }
}
