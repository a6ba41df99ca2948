// Starts the dashboard: mounts the application into its page. Not a place for behaviour.
import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { followSeenHeight } from './lib/seen-height';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app element');
followSeenHeight();
mount(App, { target });
