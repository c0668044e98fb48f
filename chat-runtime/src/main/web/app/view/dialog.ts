import { m } from '../i18n/index.ts';
import { type Child, h } from './dom.ts';
import { icon } from './icons.ts';

/** A dialog over the page; the browser keeps the focus inside and gives it back. */
export function openDialog(title: string, className: string, ...content: Child[]): HTMLDialogElement {
  const heading = h('h2', { id: `${className}-title` }, title);
  const dialog: HTMLDialogElement = h('dialog', {
    class: `sheet ${className}`, id: className, 'aria-labelledby': heading.id,
    on: { close: () => dialog.remove() },
  }, h('div', { class: 'sheet-body' },
    h('header', {}, heading, h('button', { type: 'button', class: 'round', 'aria-label': m.close, on: { click: () => dialog.close() } }, icon('close'))),
    ...content));
  closeOutside(dialog);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Has a press beside a dialog close it. One that begins inside, as where somebody selects text, may end anywhere. */
export function closeOutside(dialog: HTMLDialogElement): void {
  let beganOutside = false;
  dialog.addEventListener('pointerdown', event => { beganOutside = event.target === dialog; });
  dialog.addEventListener('click', event => {
    if (beganOutside && event.target === dialog) dialog.close();
  });
}

/** Asks before what cannot be undone. */
export function confirmed(question: string, action: string): Promise<boolean> {
  return new Promise(resolve => {
    let sure = false;
    const dialog = openDialog(question, 'confirm', h('div', { class: 'choices' },
      h('button', { type: 'button', on: { click: () => dialog.close() } }, m.cancel),
      h('button', { type: 'button', class: 'danger', on: { click: () => { sure = true; dialog.close(); } } }, action)));
    dialog.addEventListener('close', () => resolve(sure));
  });
}
