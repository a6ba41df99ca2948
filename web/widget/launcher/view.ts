// The launcher's elements: bubble, panel, and what covers the frame until it is ready. Built node by node, because a
// host page may require trusted types. Not their behaviour (../launcher.ts).

import type { LauncherConfig } from '../shared/core';

/** A drawing on a 28 px square; of two paths the first is filled, the second drawn onto it. */
function icon(...paths: string[]): SVGElement {
  const draw = (tag: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const key in attributes) element.setAttribute(key, attributes[key] ?? '');
    return element as SVGElement;
  };
  // Inside a button with a label, where nothing reads it out.
  const svg = draw('svg', { viewBox: '0 0 28 28' });
  svg.append(...paths.map((d) => draw('path', { d })));
  return svg;
}

/** An element of a class, with its content. */
export function make<Tag extends 'div' | 'button' | 'span'>(
  tag: Tag,
  name: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...content);
  return element;
}

/** The drawings that an owner can choose from. */
const ICONS = {
  chat: [
    'M14 4.5a10 9 0 1 1-2.8 17.6q-2.1 1.7-5 1.7 1.2-1.5 1.4-3.4A10 9 0 0 1 14 4.5',
    'M9.8 14.8q4.2 4.6 8.4 0',
  ],
  question: ['M9.5 10.5c0-6 9-6 9 0 0 3.5-4.5 3.5-4.5 7M14 22v.1'],
  wave: ['M7 13l6 6M10 9l6 7M14 7l6 7q2-5 3-1 0 9-9 9-4 0-8-7'],
};

/** All elements, put together in a closed shadow root that nothing on the page can reach into. */
export function launcherView(config: LauncherConfig, style: string) {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const count = make('span', 'count');
  const bubble = make(
    'button',
    'bubble',
    icon(...ICONS[config.icon ?? 'chat']),
    icon('m7 11 7 7 7-7'),
    count,
  );
  if (config.text) bubble.append(make('span', 'text', config.text));
  const x = make('button', 'x', icon('m8 8 12 12M20 8 8 20'));
  const cover = make('div', 'cover', x);
  const panel = make('div', 'panel', cover);
  root.append(bubble, panel);
  return { host, root, bubble, count, panel, cover, x };
}
