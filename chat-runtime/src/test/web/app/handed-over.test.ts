import assert from 'node:assert/strict';
import { test } from 'node:test';
import { droppedFiles, pastedFiles } from '../../../main/web/app/model/handed-over.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });
const pasted = (...types: string[]): File[] => pastedFiles({ types, files: [picture] as unknown as FileList });

test('takes a pasted picture or file, and not the picture of a text that was copied from a document', () => {
  assert.deepEqual(pasted('Files'), [picture]);
  assert.deepEqual(pasted('text/html', 'Files'), [picture]);
  assert.deepEqual(pasted('text/plain', 'Files'), [picture]);
  assert.deepEqual(pasted('text/plain', 'text/html', 'text/rtf', 'Files'), []);
});

test('takes files that are dropped, and knows folders and texts among them', () => {
  const item = (kind: string, isDirectory: boolean | null) => ({
    kind, getAsFile: () => kind === 'file' ? picture : null, webkitGetAsEntry: () => isDirectory === null ? null : { isDirectory } as FileSystemEntry,
  });
  assert.deepEqual(droppedFiles([item('string', null), item('file', null), item('file', false)]), { files: [picture, picture], folders: false });
  assert.deepEqual(droppedFiles([item('file', true)]), { files: [], folders: true });
});
