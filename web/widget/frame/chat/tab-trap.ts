// Keeps Tab within a layer that covers everything else. Not what closes the layer.

const REACHABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** For a keydown: past the last element comes the first, and before the first the last. */
export function keepTabWithin(layer: ParentNode, event: KeyboardEvent): void {
  if (event.key !== 'Tab' || event.defaultPrevented) return;
  const reachable = [...layer.querySelectorAll<HTMLElement>(REACHABLE)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const first = reachable[0];
  const last = reachable.at(-1);
  const active = document.activeElement;
  const leaves = event.shiftKey
    ? active === first || !reachable.includes(active as HTMLElement)
    : active === last;
  const to = event.shiftKey ? last : first;
  if (!leaves || !to) return;
  event.preventDefault();
  to.focus();
}
