// The room that a picture takes in a thread: decided before it has loaded, so that nothing jumps when it has. Pure.

/** The largest picture in a thread, in pixels. */
const WIDTH_MAX = 320;
const HEIGHT_MAX = 280;
/** Narrower or lower than this nobody could press it. */
const SIDE_MIN = 64;
/** The side of a square in a grid of several. */
export const TILE = 150;

/** The box of a picture of this size in pixels; square tiles where several stand together, or where nobody measured it. */
export function boxOf(
  { width, height }: { width: number | null; height: number | null },
  isTile: boolean,
): { width: number; height: number } {
  if (isTile) return { width: TILE, height: TILE };
  if (!width || !height) return { width: WIDTH_MAX, height: Math.round(WIDTH_MAX * 0.66) };
  const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height);
  return {
    width: Math.max(SIDE_MIN, Math.round(width * scale)),
    height: Math.max(SIDE_MIN, Math.round(height * scale)),
  };
}
