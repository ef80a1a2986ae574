export const css = `
:host { display: block; position: relative; min-height: 220px; contain: content; }
:host([hidden]) { display: none; }
.plot { position: absolute; inset: 0; touch-action: pan-x pan-y; }
.plot:focus-visible { outline: 2px solid var(--leaf-focus, Highlight); outline-offset: -2px; border-radius: 6px; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.box { position: absolute; border: 1px solid #fff; background: #fff3; pointer-events: none; }
.empty {
  position: absolute; inset: 78px 0 24px 44px; display: grid; place-items: center;
  text-align: center; padding: 16px; color: #f2f0f7; pointer-events: none;
}
[hidden] { display: none !important; }
.readout, .tools button {
  font-family: inherit; font-size: 12px; line-height: 1.2; color: #f2f0f7; background: #0b0915e0; border: 1px solid #ffffff59; border-radius: 6px;
}
.readout {
  position: absolute; left: 0; top: 0; padding: 4px 7px; pointer-events: none; white-space: nowrap;
  font-variant-numeric: tabular-nums;
}
.tools { position: absolute; top: 86px; right: 8px; display: flex; gap: 4px; opacity: 0; }
:host([bare]) .tools { top: 8px; }
:host([legend]) .tools { right: 68px; }
:host([legend]) .empty { right: 60px; }
:host([bare]) .empty { top: 0; }
.tools button { min-width: 30px; min-height: 30px; padding: 4px 8px; cursor: pointer; }
.tools button:hover, .tools button[aria-pressed="true"] { background: #f2f0f7; color: #0b0915; }
.tools button:focus-visible { outline: 2px solid #fff; outline-offset: 1px; }
:host(:hover) .tools, .tools:focus-within, :host([frozen]:not([bare])) .tools { opacity: 1; }
@media (hover: none) {
  /* Always to be seen, they lie below the picture, which loses what they take. */
  .plot { bottom: 40px; }
  .empty { bottom: 64px; }
  .tools, :host([bare]) .tools { top: auto; bottom: 0; right: 0; opacity: 1; }
}
@media (prefers-reduced-motion: no-preference) { .tools { transition: opacity 0.15s; } }
@media (forced-colors: active) { .tools button[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
`

export const markup = `
<div class="plot" tabindex="0" role="application"
  aria-label="Picture of the features. Arrow keys read values, plus and minus zoom, 0 shows all, F freezes.">
  <canvas role="img"></canvas><div class="box" hidden></div>
</div>
<div class="empty"><slot></slot></div>
<div class="readout" hidden></div>
<div class="tools" role="group" aria-label="Picture" hidden>
  <button type="button" data-act="freeze" aria-pressed="false">Freeze</button>
  <button type="button" data-act="in" aria-label="Zoom in">+</button>
  <button type="button" data-act="out" aria-label="Zoom out">−</button>
  <button type="button" data-act="all">All</button>
</div>
`
