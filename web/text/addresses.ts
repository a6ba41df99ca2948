// Where a web address in a text ends, and whether it is one. Pure. Not where it begins: markdown.ts finds that.

/** Longer ones stay text: nobody presses them, and looking for their end takes the square of their length. */
export const ADDRESS_MAX = 1_000;

/** The length of the address without the sentence around it: its full stop, and a bracket opened before it, are no part of it. */
export function addressEnd(address: string): number {
  let end = address.replace(TAIL, '');
  while (/[)\]]$/.test(end) && !closesWithin(end)) end = end.slice(0, -1).replace(TAIL, '');
  return end.length;
}

const TAIL = /[.,:;!?…*_]+$/;

function closesWithin(address: string): boolean {
  const count = (mark: string) => address.split(mark).length - 1;
  return address.endsWith(')') ? count(')') <= count('(') : count(']') <= count('[');
}

/** Only http and https: an address must never run a script. */
export function isWebAddress(address: string): boolean {
  return /^https?:/i.test(address) && URL.canParse(address);
}
