// Whether a person is looking at this page: it is visible and has the focus. Not whether they are at work.

class Attention {
  isHere = $state(looking());

  constructor() {
    const look = () => (this.isHere = looking());
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    document.addEventListener('visibilitychange', look);
  }
}

function looking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** The one observer of the page. */
export const attention = new Attention();
