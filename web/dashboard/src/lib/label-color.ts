// Which colour a label's chip has. Not how the chip is painted: see the utility label-chip.
import type { Label } from '../../../api/types';

/** Of a label that is not, or not yet, known. */
const UNKNOWN = '#6e7781';

/** The label's own colour. */
export function labelColor(labels: readonly Label[] | null, title: string): string {
  return labels?.find((one) => one.title === title)?.color ?? UNKNOWN;
}
