// The launcher's style sheet, adopted by its shadow root: a host page's CSP may forbid style elements.
// Not the chat's (frame/frame.css). Important where a host's rules could reach: the root element itself.

import { SMALL } from '../shared/core';

/** The sheet's text for a brand colour (#rrggbb), the ink that is readable on it, and the side of the window. */
export function launcherStyle(brand: string, ink: string, left: boolean): string {
  const side = left ? 'left' : 'right';
  return `
:host{all:initial!important;position:fixed!important;z-index:2147483647!important;color-scheme:light dark;font:400 15px/21px system-ui,sans-serif!important}
:host([hidden]),[hidden],[aria-expanded=true]>:not(:nth-child(2)),[aria-expanded=false]>:nth-child(2){display:none!important}
button{border:0;padding:0;font:inherit;cursor:pointer;background:${brand};color:${ink}}
.bubble{position:fixed;bottom:24px;${side}:24px;height:60px;padding:0 16px;border-radius:30px;display:flex;align-items:center;gap:8px;box-shadow:inset 0 1px #ffffff38,0 2px 6px #0000002e,0 12px 28px -4px #00000052}
.bubble:hover{filter:brightness(1.12)}
:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 5px ${brand}}
svg{width:28px;fill:none;stroke:currentColor;stroke-width:2.2;stroke-linecap:round}
path:not(:only-child):first-child{fill:currentColor;stroke:none}
path+path{stroke:${brand}}
.text{font-weight:600}
.count{position:absolute;top:-4px;right:-4px;min-width:22px;border-radius:11px;background:#d6392f;color:#fff;font-size:12px;line-height:22px;font-weight:600;text-align:center;box-shadow:0 0 0 2.5px #fff}
.panel{position:fixed;bottom:100px;${side}:24px;width:384px;height:760px;max-height:calc(100dvh - 124px);border-radius:20px;overflow:hidden;background:light-dark(#fff,#191a1c);color:light-dark(#55554f,#b3b3b0);box-shadow:0 0 0 1px #8883,0 24px 64px -12px #00000052}
iframe{width:100%;height:100%;border:0}
.cover{position:absolute;inset:0;display:grid;place-items:center;background:linear-gradient(${brand} 68px,light-dark(#fff,#191a1c) 0)}
.x{position:absolute;top:14px;inset-inline-end:10px;width:40px;height:40px}
@media (prefers-reduced-motion:no-preference){.rise{animation:rise .18s ease-out}@keyframes rise{0%{opacity:0;transform:translateY(12px)}}}
@media ${SMALL}{.panel{inset:0;width:100%;height:100%!important;max-height:none;border-radius:0}.bubble[aria-expanded=true]{display:none}}
@media print{:host{display:none!important}}`;
}
