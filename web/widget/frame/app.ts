// Mounts the app behind the first view, whose place it takes when there is a conversation. Loaded after the first view is on the
// screen. Not a place for code of its own.
import { mount } from 'svelte';
import App from './App.svelte';
import type { FirstView, Stage } from './first/stage';
import './conversation.css';
import './layers.css';

/** Called once. */
export function take(stage: Stage, view: FirstView): void {
  mount(App, { target: document.body, props: { stage, view } });
}
