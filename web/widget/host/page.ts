// Tells where on the website the visitor is, also on sites that change pages without loading one. Not who the visitor is.
import type { ToFrame } from '../shared/messages';

/** Longer addresses and titles are cut. */
const TEXT_MAX = 2_000;

/** Calls back now and after every move. */
export function followPage(moved: (page: ToFrame) => void): void {
  let known = '';
  const look = () => {
    if (location.href === known) return;
    known = location.href;
    // What stands after # may be anybody's secret; pages are told apart without it.
    const url = known.split('#')[0] ?? '';
    const short = (text: string) => text.slice(0, TEXT_MAX);
    moved({
      type: 'page',
      url: short(url),
      title: short(document.title),
      referrer: short(document.referrer),
    });
  };
  look();
  const navigation = (window as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener('navigatesuccess', look);
  addEventListener('popstate', look);
  // Browsers without that event: at the next thing that a person does.
  if (!navigation) addEventListener('click', () => setTimeout(look), { passive: true });
}
