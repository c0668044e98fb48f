import type { Attachment } from '../../client/index.ts';

const SIDE_PX = 80;
const QUALITY = 0.7;

/** How large a picture is, and what it looks like: there is no other way to see it again before it is sent. */
export async function pictured(file: Blob): Promise<Pick<Attachment, 'width' | 'height' | 'preview'>> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return {};
  const { width, height } = picture;
  const canvas = document.createElement('canvas');
  const drawing = canvas.getContext('2d');
  // Where memory is short there is none.
  if (!drawing) {
    picture.close();
    return { width, height };
  }
  const scale = Math.min(1, SIDE_PX / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  // What is transparent has no colour in this type.
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return { width, height, preview: canvas.toDataURL('image/jpeg', QUALITY) };
}
