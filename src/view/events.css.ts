export const css = `
:host { display: block; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; }
:host([hidden]) { display: none; }
[hidden] { display: none !important; }
.lane, .foot { display: grid; grid-template-columns: minmax(104px, 24%) minmax(0, 1fr); gap: 0 12px; align-items: center; }
.lane { padding: 3px 0; }
.name { display: grid; overflow-wrap: anywhere; line-height: 1.2; font-size: 0.9em; font-weight: 600; }
.head { font-size: 0.86em; font-weight: 400; color: var(--leaf-muted, #777); }
.track { position: relative; height: 40px; background: var(--leaf-raised, #8882); border-radius: 5px; }
canvas { display: block; width: 100%; height: 100%; }
.axis { grid-column: 2; height: 22px; }
.threshold {
  position: absolute; left: 0; right: 0; height: 24px; margin-bottom: -12px; cursor: ns-resize; touch-action: none; outline: 0;
}
.threshold::before {
  content: ""; position: absolute; left: 0; right: 0; top: 11px; border-top: 2px dashed var(--leaf-ink, currentColor);
}
.threshold::after {
  content: ""; position: absolute; right: 0; top: 7px; width: 16px; height: 10px; border-radius: 5px;
  background: var(--leaf-ink, currentColor);
}
.threshold:focus-visible::before { border-top-style: solid; }
.threshold:focus-visible::after { outline: 3px solid var(--leaf-focus, Highlight); outline-offset: 1px; }
.threshold .number {
  position: absolute; right: 22px; bottom: 14px; padding: 0 4px; border-radius: 4px; font-size: 0.8em;
  font-variant-numeric: tabular-nums; background: var(--leaf-surface, Canvas); color: var(--leaf-ink, CanvasText); opacity: 0;
}
.threshold .number.below { bottom: auto; top: 14px; }
.threshold:hover .number, .threshold:focus .number { opacity: 1; }
ol { list-style: none; margin: 0; padding: 0; }
li {
  display: grid; grid-template-columns: auto 1fr auto; gap: 2px 12px; align-items: center;
  padding: 9px 2px; border-top: 1px solid var(--leaf-line, #8884);
}
li:first-child { border-top: 0; }
.timeline:not([hidden]) + ol:not(:empty) { margin-top: 6px; border-top: 1px solid var(--leaf-line, #8884); }
.dot {
  width: 9px; height: 9px; border-radius: 50%; border: 2px solid var(--leaf-muted, #777); box-sizing: border-box;
}
.running .dot { background: var(--leaf-accent, #1d7a4f); border-color: var(--leaf-accent, #1d7a4f); }
li .label { font-weight: 600; overflow-wrap: anywhere; }
.when { grid-column: 2; font-size: 0.86em; color: var(--leaf-muted, #777); font-variant-numeric: tabular-nums; }
.confidence {
  grid-column: 3; grid-row: 1 / span 2; display: grid; gap: 5px; justify-items: end;
  font-variant-numeric: tabular-nums; font-size: 0.86em;
}
.bar { width: 56px; height: 5px; border-radius: 3px; background: var(--leaf-line, #8884); overflow: hidden; }
.bar span { display: block; height: 100%; border-radius: 3px; background: var(--leaf-accent, #1d7a4f); }
.hint { color: var(--leaf-muted, #777); margin: 0; }
@media (prefers-reduced-motion: no-preference) {
  /* Opacity alone moves, which needs no painting. */
  .running .dot { position: relative; }
  .running .dot::after {
    content: ""; position: absolute; inset: -6px; border-radius: 50%; opacity: 0; will-change: opacity;
    background: color-mix(in srgb, var(--leaf-accent, #1d7a4f) 30%, transparent);
    animation: pulse 1.4s ease-in-out infinite;
  }
  @keyframes pulse { 50% { opacity: 1; } }
}
@media (forced-colors: active) {
  .bar, .track { border: 1px solid CanvasText; }
  .bar span, .running .dot { forced-color-adjust: none; background: Highlight; }
  .threshold::after { forced-color-adjust: none; background: CanvasText; }
}
`

export const markup = `
<p class="hint"><slot></slot></p>
<div class="timeline" role="group" aria-label="Events over time" hidden></div>
<ol aria-live="polite" aria-relevant="additions" aria-label="Detected events, newest first"></ol>
`
