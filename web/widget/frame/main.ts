// Starts the chat's page: colours from the settings, then the app. Nothing else.
import { mount } from 'svelte';
import App from './App.svelte';
import { readConfig } from './config';
import Unknown from './parts/Unknown.svelte';
import './frame.css';

const config = readConfig();
const root = document.documentElement;
root.style.setProperty('--brand', config?.color ?? '#28483b');
root.style.setProperty('--on-brand', config?.ink ?? '#fff');
root.classList.add(config?.embedded ? 'embedded' : 'alone');

if (config) mount(App, { target: document.body, props: { config } });
else mount(Unknown, { target: document.body });
