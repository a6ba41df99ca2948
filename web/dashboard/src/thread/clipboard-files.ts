// The files in what was pasted or dropped. Pure but for the browser's own types.

/** A paste of a picture has no name worth keeping. */
const NAMELESS = /^image\.(png|jpe?g|gif|webp)$/i;

/**
 * Files of a paste or a drop. Office programs paste a picture of the text beside the text: then the text is meant.
 * `now` names what has no name.
 */
export function filesOf(transfer: DataTransfer | null, now: Date): File[] {
  if (!transfer || (transfer.files.length > 0 && transfer.types.includes('text/plain'))) return [];
  return [...transfer.files].map((file) => named(file, now));
}

/** Whether files are dragged, and not a piece of text or a link. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true;
}

function named(file: File, now: Date): File {
  const ending = NAMELESS.exec(file.name)?.[1];
  if (ending === undefined) return file;
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  return new File([file], `Screenshot ${day} ${time}.${ending.toLowerCase()}`, { type: file.type });
}
