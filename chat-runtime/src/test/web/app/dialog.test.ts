import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';
import { FakeElement } from './elements.ts';

const { closeOutside } = await import('../../../main/web/app/view/dialog.ts');
const { announce } = await import('../../../main/web/app/view/dom.ts');

const INSIDE = new FakeElement();

/** Whether a press closes a dialog that begins and ends there: its click is of what holds both. */
function closes(begin: unknown, end: unknown, dialog: FakeElement & { closed?: boolean }): boolean {
  const tell = (type: string, target: unknown): void => {
    dialog.dispatchEvent(Object.defineProperty(new Event(type), 'target', { value: target }));
  };
  dialog.closed = false;
  tell('pointerdown', begin);
  tell('click', begin === end ? end : dialog);
  return dialog.closed;
}

test('closes a dialog by a press beside it, and by none that begins inside', () => {
  const dialog = Object.assign(new FakeElement(), { close: () => Object.assign(dialog, { closed: true }) });
  closeOutside(dialog as unknown as HTMLDialogElement);
  assert.deepEqual([closes(INSIDE, INSIDE, dialog), closes(INSIDE, dialog, dialog), closes(dialog, dialog, dialog)], [false, false, true]);
});

test('has a text said again that reads as the one before', () => {
  const log = new FakeElement();
  const said = ['ok', 'ok'].map(text => {
    announce(log as unknown as Element, text);
    return log.firstChild;
  });
  assert.equal(log.textContent, 'ok');
  assert.notEqual(said[0], said[1]);
});
