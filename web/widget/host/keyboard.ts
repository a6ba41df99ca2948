// On a phone the open chat covers the page; when the keyboard comes up, it keeps to what is left. Browsers that shrink the page
// themselves need none of this. Not the frame's own layout.
import { SMALL, type Core } from '../shared/core';

/** Follows the visible part of the window for as long as the page is there. */
export function followKeyboard(core: Core): void {
  const visible = window.visualViewport;
  if (!visible) return;
  const fit = () => {
    const covered = innerHeight - visible.height > 80 && visible.scale === 1;
    const style = core.panel.style;
    const phone = core.open && covered && matchMedia(SMALL).matches;
    style.setProperty('max-height', phone ? `${visible.height}px` : '');
    style.setProperty('top', phone ? `${visible.offsetTop}px` : '');
  };
  visible.addEventListener('resize', fit);
  visible.addEventListener('scroll', fit);
}
