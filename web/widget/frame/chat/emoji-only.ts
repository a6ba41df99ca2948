// Whether a message is nothing but a few emoji, which are then drawn large. Pure.

const ONE = String.raw`\p{RI}\p{RI}|[#*\d]\u{FE0F}?\u{20E3}|\p{Extended_Pictographic}[\u{FE0F}\p{EMod}]*(?:\u{200D}\p{Extended_Pictographic}[\u{FE0F}\p{EMod}]*)*`;
/** More than three are a sentence of their own. */
const ONLY = new RegExp(String.raw`^(?:(?:${ONE})\s*){1,3}$`, 'u');
/** Longer texts are not even looked at. */
const LENGTH_MAX = 60;

/** One to three emoji, and nothing else but space. */
export function isOnlyEmoji(text: string): boolean {
  return text.length <= LENGTH_MAX && ONLY.test(text.trim());
}
