// How much of the page is seen above a keyboard that lies over it, so that what is at the foot stays in sight. Browsers that
// shrink the page themselves need none of it, and then it changes nothing. Not a keyboard's keys.

/** Zoomed in further than this, what is seen is a part that the reader chose. */
const ZOOM_MAX = 1.01;

/** Keeps `--seen-height` on the page's root as long as something covers a part of it. Answers the end of that. */
export function followSeenHeight(view: VisualViewport | null = window.visualViewport): () => void {
  if (!view) return () => undefined;
  const root = document.documentElement;
  const take = () => {
    const isCovered = view.scale <= ZOOM_MAX && view.height < window.innerHeight - 1;
    if (!isCovered) return void root.style.removeProperty('--seen-height');
    root.style.setProperty('--seen-height', `${view.height}px`);
    // Safari scrolls the page to show the field, and what is above it would be out of reach.
    window.scrollTo(0, 0);
  };
  view.addEventListener('resize', take);
  view.addEventListener('scroll', take);
  return () => {
    view.removeEventListener('resize', take);
    view.removeEventListener('scroll', take);
    root.style.removeProperty('--seen-height');
  };
}
