// The place for the card with the newest reply: the frame, small, beside the closed bubble. What stands on it is the frame's.
import { SMALL, type Core } from '../shared/core';
import type { Frame } from './frame';

/** On a phone no higher than the bubble and in its line, so that it covers no goods. */
function cardStyle(side: string): string {
  return `.peek{width:312px;height:104px!important;border-radius:16px;inset:auto!important;${side}:24px!important;bottom:100px!important}
@media ${SMALL}{.peek{${side}:96px!important;bottom:24px!important;width:min(100vw - 120px,280px);height:60px!important}}`;
}

/** Follows what the frame wants to show. */
export function showCards(core: Core, frame: Frame): void {
  const left = (core.options.position ?? core.config.position) === 'left';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(cardStyle(left ? 'left' : 'right'));
  core.root.adoptedStyleSheets = [...core.root.adoptedStyleSheets, sheet];
  frame.listen((message) => {
    if (message.type === 'peek') core.peek = message.on;
    if (message.type === 'opened') core.peek = false;
    if (!/peek|opened|closed/.test(message.type)) return;
    core.panel.role = core.open ? 'dialog' : null;
    core.panel.ariaLabel = core.open ? core.config.name : null;
    core.panel.ariaModal = core.open && matchMedia(SMALL).matches ? 'true' : null;
    core.panel.classList.toggle('peek', core.peek && !core.open);
    core.show();
  });
}
