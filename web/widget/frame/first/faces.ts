// Members as round pictures, for the first view. Decoration: their names stand beside them. The app's own is parts/Face.svelte.
import { hueOf, initials } from '../chat/names';
import type { Person } from '../config';

/** Up to three of them, `size` pixels each. */
export function drawFaces(into: Element, people: Person[], size: number): void {
  into.replaceChildren(...people.slice(0, 3).map((person) => face(person, size)));
}

function face({ name, avatar_url }: Person, size: number): HTMLElement {
  const round = document.createElement('span');
  round.className = 'face';
  round.ariaHidden = 'true';
  round.style.setProperty('--size', `${size}px`);
  round.style.setProperty('--hue', `${hueOf(name)}`);
  round.append(initials(name));
  if (avatar_url) {
    const picture = new Image();
    picture.alt = '';
    // Initials stand behind a picture that does not come.
    picture.onerror = () => picture.remove();
    picture.src = avatar_url;
    round.append(picture);
  }
  return round;
}
