import type { UploadFile } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import { Explained } from './problem.ts';

const SIDE_PX = 320;
const QUALITY = 0.88;
const TYPES = ['image/jpeg', 'image/png'];

/** The middle of a picture, small enough for a profile, in a type that the service takes. */
export async function squareOf(file: File, allowed: readonly string[]): Promise<UploadFile> {
  const picture = await createImageBitmap(file).catch(() => { throw new Explained(m.noPicture(file.name)); });
  const side = Math.min(picture.width, picture.height);
  const size = Math.min(side, SIDE_PX);
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const drawing = canvas.getContext('2d')!;
  // What is transparent has no colour in every type.
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, size, size);
  drawing.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, size, size);
  picture.close();
  const type = TYPES.find(wanted => allowed.includes(wanted));
  if (!type) throw new Explained(m.fileType(file.name));
  const data = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, type, QUALITY));
  if (!data) throw new Explained(m.noPicture(file.name));
  return { name: type === 'image/jpeg' ? 'picture.jpg' : 'picture.png', type, size: data.size, data };
}
