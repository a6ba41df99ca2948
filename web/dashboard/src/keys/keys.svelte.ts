// Binds shortcuts to what is on the page, in one place that hears all keys. Not what they are: see table.ts.
import { isCharacter, isStep } from './press';
import type { Scope, Shortcut } from './table';

/** How long a sequence such as `g m` waits for its second key. */
const SEQUENCE_MS = 1_500;
const STORED_AS = 'frontdesk:keys';
/** Where characters are text, or move in a menu of their own. */
const TAKES_TEXT = 'input:not([type=checkbox],[type=radio],[type=button]),textarea,select';
const HAS_OWN_KEYS = 'dialog,[role=menu],[role=listbox],[role=dialog],[role=alertdialog]';

/** A shortcut and what it does. */
export interface Binding extends Shortcut {
  run(event: KeyboardEvent): void;
  /** Whether it does anything now; where it does not, the key is left to others. */
  when?(event: KeyboardEvent): boolean;
}

interface Registered {
  readonly scope: Scope;
  readonly bindings: readonly Binding[];
}

class Keys {
  /** Shortcuts of nothing but a character work. Who dictates, or presses keys by chance, switches them off. */
  hasCharacters = $state(readChoice());
  #registered: Registered[] = [];
  /** The first key of a sequence, and until when the second is awaited. */
  #begun: { step: string; untilMs: number } | null = null;

  constructor() {
    window.addEventListener('keydown', (event) => this.#hear(event));
  }

  /**
   * Binds shortcuts until the returned function is called: `$effect(() => keys.register('thread', […]))`. What was bound
   * last is asked first, and an answer to a key calls `preventDefault`.
   */
  register(scope: Scope, bindings: readonly Binding[]): () => void {
    const added = { scope, bindings };
    this.#registered = [added, ...this.#registered];
    return () => (this.#registered = this.#registered.filter((one) => one !== added));
  }

  /** What a shortcut does now in its scope, for who chooses it without its key; undefined where it does nothing. */
  bound(scope: Scope, { keys: ways }: Shortcut): (() => void) | undefined {
    const all = this.#registered.filter((one) => one.scope === scope);
    const binding = all.flatMap(({ bindings }) => bindings).find(({ keys }) => keys === ways);
    return binding && (() => binding.run(new KeyboardEvent('keydown')));
  }

  setCharacters(on: boolean): void {
    this.hasCharacters = on;
    try {
      localStorage.setItem(STORED_AS, on ? 'on' : 'off');
    } catch {
      // Storage is blocked: the choice lasts as long as the page.
    }
  }

  #hear(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const begun = this.#begun && this.#begun.untilMs > Date.now() ? this.#begun.step : null;
    // A held Shift on the way to the second key is not the second key.
    if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
    this.#begun = null;
    const place = placeOf(event.target);
    if (place === 'layer') return;
    for (const binding of this.#registered.flatMap(({ bindings }) => bindings)) {
      if (event.repeat && !binding.repeats) continue;
      if (place === 'text' && !binding.whileTyping) continue;
      for (const way of [binding.keys].flat()) {
        const isFree = this.hasCharacters && place !== 'text';
        if (isCharacter(way) && !isFree) continue;
        const steps = way.split(' ');
        const step = begun === null ? 0 : steps[0] === begun && steps.length > 1 ? 1 : -1;
        const wanted = steps[step];
        if (wanted === undefined || !isStep(event, wanted, isMac)) continue;
        if (binding.when && !binding.when(event)) continue;
        event.preventDefault();
        if (step < steps.length - 1)
          this.#begun = { step: wanted, untilMs: Date.now() + SEQUENCE_MS };
        else binding.run(event);
        return;
      }
    }
  }
}

/** Whether a key was pressed in a menu or a dialog, whose own keys come before those of the page behind it. */
export function isInLayer({ target }: KeyboardEvent): boolean {
  return placeOf(target) === 'layer';
}

/** `text`: what is pressed is written. `layer`: a menu or a dialog, which has keys of its own. */
function placeOf(target: EventTarget | null): 'text' | 'layer' | 'page' {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.closest(HAS_OWN_KEYS)) return 'layer';
  return target.isContentEditable || target.closest(TAKES_TEXT) ? 'text' : 'page';
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off';
  } catch {
    return true;
  }
}

/** Whether Cmd is what Ctrl is elsewhere. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  Shift: '⇧',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** The caps to draw for one way to press a shortcut: `mod+k` is Ctrl and K. */
export function capsOf(way: string): string[] {
  return way
    .split(' ')
    .flatMap((step) => step.split('+'))
    .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** The one registry of the page. */
export const keys = new Keys();
