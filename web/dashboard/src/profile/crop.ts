// Cuts a picture to the square in its middle and makes it small, in the browser: what is sent is never larger than what is
// shown. Not what a picture may be: the server looks again.

/** The side of the square in pixels: twice the largest size that is shown. */
export const SIDE = 256;

/** Where the square is in a picture of this size. Pure. */
export function square(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}

/** The picture as a small square, turned as its camera was held; null for what the browser cannot show. */
export async function cropped(file: Blob): Promise<Blob | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const paint = canvas.getContext('2d');
  if (!paint) return null;
  const { x, y, side } = square(picture.width, picture.height);
  paint.imageSmoothingQuality = 'high';
  paint.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
