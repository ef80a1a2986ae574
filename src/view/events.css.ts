export const css = `
:host { display: block; }
:host([hidden]) { display: none; }
ol { list-style: none; margin: 0; padding: 0; }
li {
  display: grid; grid-template-columns: auto 1fr auto; gap: 2px 12px; align-items: center;
  padding: 9px 2px; border-top: 1px solid var(--leaf-line, #8884);
}
li:first-child { border-top: 0; }
.dot {
  width: 9px; height: 9px; border-radius: 50%; border: 2px solid var(--leaf-muted, #777); box-sizing: border-box;
}
.running .dot { background: var(--leaf-accent, #1d7a4f); border-color: var(--leaf-accent, #1d7a4f); }
.label { font-weight: 600; overflow-wrap: anywhere; }
.when { grid-column: 2; font-size: 0.86em; color: var(--leaf-muted, #777); font-variant-numeric: tabular-nums; }
.confidence {
  grid-column: 3; grid-row: 1 / span 2; display: grid; gap: 5px; justify-items: end;
  font-variant-numeric: tabular-nums; font-size: 0.86em;
}
.bar { width: 56px; height: 5px; border-radius: 3px; background: var(--leaf-line, #8884); overflow: hidden; }
.bar span { display: block; height: 100%; border-radius: 3px; background: var(--leaf-accent, #1d7a4f); }
.hint { color: var(--leaf-muted, #777); margin: 0; }
.hint[hidden] { display: none; }
@media (prefers-reduced-motion: no-preference) {
  .running .dot { animation: pulse 1.4s ease-in-out infinite; }
  @keyframes pulse { 50% { box-shadow: 0 0 0 4px color-mix(in srgb, var(--leaf-accent, #1d7a4f) 30%, transparent); } }
}
@media (forced-colors: active) {
  .bar { border: 1px solid CanvasText; }
  .bar span, .running .dot { forced-color-adjust: none; background: Highlight; }
}
`
