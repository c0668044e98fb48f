/** Files that somebody hands over from outside the page; what else comes with them is not for a message. */
export interface HandedOver { files: File[]; folders: boolean }

/**
 * What was pasted to be sent as files. Programs for documents put a picture of the copied text beside the text itself: then it is the
 * text that is meant.
 */
export function pastedFiles({ types, files }: Pick<DataTransfer, 'types' | 'files'>): File[] {
  return types.includes('text/plain') && types.includes('text/html') ? [] : [...files];
}

/** Folders look like files that cannot be read. */
export function droppedFiles(items: Iterable<Pick<DataTransferItem, 'kind' | 'getAsFile' | 'webkitGetAsEntry'>>): HandedOver {
  const handed: HandedOver = { files: [], folders: false };
  for (const item of items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory) handed.folders = true;
    else if (file) handed.files.push(file);
  }
  return handed;
}
