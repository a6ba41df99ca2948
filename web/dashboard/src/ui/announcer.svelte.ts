// What a screen reader should say although the focus is elsewhere. Not a log: only the last sentence counts.

class Announcer {
  text = $state('');

  say(text: string): void {
    this.text = text;
  }
}

/** The announcer of the page; Shell has its live region. */
export const announcer = new Announcer();
