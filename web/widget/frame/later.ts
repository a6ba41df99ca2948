// What is needed only once there is something to send or to show: loaded after the first view, which must be light.
// Not a place for code of its own.
import './conversation.css';

export { Chat } from './chat/chat.svelte';
export { default as Conversation } from './parts/Conversation.svelte';
