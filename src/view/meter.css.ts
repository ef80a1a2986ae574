export const css = `
:host { display: block; }
:host([hidden]) { display: none; }
[hidden] { display: none !important; }
.hint { color: var(--leaf-muted, #777); margin: 0; }
dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(215px, 1fr)); gap: 0 28px; }
div { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 7px 0; border-bottom: 1px solid var(--leaf-line, #8884); align-content: start; }
dt { color: var(--leaf-muted, #777); }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; text-align: right; }
dd.description { display: none; grid-column: 1 / -1; font-weight: 400; text-align: left; font-size: 0.86em; color: var(--leaf-muted, #777); }
:host([explain]) dd.description { display: block; }
:host([explain]) dt { color: inherit; font-weight: 600; }
.level { position: relative; display: block; height: 14px; margin: 4px 0 8px; border-radius: 7px; overflow: hidden; background: var(--leaf-line, #8884); }
.fill, .peak { position: absolute; inset: 0; }
.fill { transform-origin: 0 0; transform: scaleX(0); background: var(--leaf-accent, #1d7a4f); }
.peak { border-right: 3px solid var(--leaf-ink, currentColor); transform: translateX(-100%); }
.clip {
  position: absolute; right: 0; top: 0; bottom: 0; padding: 0 8px; font-size: 11px; line-height: 14px; font-weight: 700;
  background: var(--leaf-danger, #a3241b); color: var(--leaf-surface, #fff);
}
details { margin-top: 8px; }
summary { cursor: pointer; padding: 5px 0; font-weight: 600; }
summary:focus-visible { outline: 3px solid var(--leaf-focus, Highlight); outline-offset: 2px; border-radius: 4px; }
@media (prefers-reduced-motion: no-preference) { .fill, .peak { transition: transform 0.1s linear; } }
@media (forced-colors: active) {
  .level { border: 1px solid CanvasText; }
  .fill { forced-color-adjust: none; background: Highlight; }
  .clip { border: 1px solid; }
}
`

export const markup = `
<p class="hint"><slot></slot></p>
<section class="numbers" hidden>
  <span class="level" role="meter" aria-label="Level" hidden>
    <span class="fill"></span><span class="peak"></span><span class="clip" hidden>Clipped</span>
  </span>
  <dl class="main"></dl>
  <details><summary>All numbers</summary><dl class="more"></dl></details>
</section>
`
