// The launcher's later half: what can wait until the host's page is idle. It follows the mode, tells the frame where the visitor
// is, fits the panel to a phone's keyboard, and gives the page its JavaScript. Not needed to open the chat and to type.
import type { Core, Heard } from '../shared/core';
import { publish } from './api';
import { Frame } from './frame';
import { followKeyboard } from './keyboard';
import { followMode } from './mode-line';
import { followPage } from './page';
import { tellOutage } from './outage';
import { showCards } from './peek';

/** Called once, with the launcher. */
export function extend(core: Core, early: Heard[]): void {
  const frame = new Frame(core);
  followMode(core.config.base, core.config.token, (mode) => {
    core.mode = mode;
    core.show();
    core.tell({ type: 'mode', mode });
  });
  followPage((page) => frame.keep(page));
  followKeyboard(core);
  showCards(core, frame);
  tellOutage(core, frame);
  publish(core, frame);
  early.forEach((message) => core.heard(message));
}
