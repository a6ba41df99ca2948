// Starts the chat's page: colours from the settings, then the app. Nothing else.
import { mount } from 'svelte';
import { brandColor, inkOn } from '../shared/brand';
import App from './App.svelte';
import { readConfig } from './config';
import Unknown from './parts/Unknown.svelte';
import './frame.css';

const config = readConfig();
const brand = brandColor(config?.color ?? '');
const root = document.documentElement;
root.style.setProperty('--brand', brand);
root.style.setProperty('--on-brand', inkOn(brand));
root.classList.add(config?.embedded ? 'embedded' : 'alone');

if (config) mount(App, { target: document.body, props: { config } });
else mount(Unknown, { target: document.body });
