// The one colour that the business chooses, made safe to put into a style. Not the rest of the palette (frame/frame.css).

/** Used when the setting is not a colour. */
const FALLBACK = '#28483b';

/** The colour if it is #rrggbb, so that nothing else can reach a style sheet. */
export function brandColor(setting: string): string {
  return /^#[0-9a-f]{6}$/i.test(setting) ? setting : FALLBACK;
}

/** White or black, whichever is easier to read on a colour (relative luminance of WCAG 2). */
export function inkOn(color: string): string {
  // Gamma 2.2 instead of the standard's two-part curve: the same choice for all but a handful of colours.
  const luminance = [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
    const part = parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16) / 255;
    return sum + weight * part ** 2.2;
  }, 0);
  // Where contrast to white and to black is equal, 4.58: sqrt(1.05 * 0.05) - 0.05. A softer black would fail in between.
  return luminance > 0.179 ? '#000' : '#fff';
}
