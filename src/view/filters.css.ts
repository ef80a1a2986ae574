export const css = `
:host { display: block; container: view / inline-size; }
:host([hidden]) { display: none; }
.hint { color: var(--leaf-muted, #777); margin: 0; }
[hidden] { display: none !important; }
.chooser { display: grid; gap: 2px; max-width: 620px; margin-bottom: 16px; }
.readout { display: flex; flex-wrap: wrap; gap: 0 12px; min-height: 1.5em; font-variant-numeric: tabular-nums; }
.readout .name { font-weight: 600; }
.readout .facts { color: var(--leaf-muted, #777); }
input { width: 100%; margin: 2px 0; accent-color: var(--leaf-accent, #1d7a4f); }
.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 26px 28px; }
.panel { margin: 0; min-width: 0; display: flex; flex-direction: column; }
/* Their height follows their own width: where they are narrow their parts lie one below the other. */
.heat, .lists { container: panel / inline-size; }
.panel.responses, .panel.heat, .panel.lists, .grid.single .panel { grid-column: 1 / -1; }
figcaption { display: grid; gap: 1px; margin-bottom: 4px; }
.title { font-weight: 600; }
.note { font-size: 0.86em; color: var(--leaf-muted, #777); min-height: 1.4em; }
.plot { position: relative; height: 250px; cursor: crosshair; touch-action: pan-y; }
.responses .plot, .grid.single .plot { height: 340px; }
.heat .plot, .grid.single .heat .plot { height: 320px; }
.lists .plot, .grid.single .lists .plot { height: 480px; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.lamps { pointer-events: none; }
.empty .plot { display: none; }
.empty figcaption { flex: 1; grid-template-rows: auto 1fr; }
.empty .note { align-self: center; justify-self: center; text-align: center; padding: 26px 12px; max-width: 44ch; font-size: 1em; }
.tip {
  position: absolute; top: 0; left: 0; z-index: 1; pointer-events: none; white-space: nowrap; width: max-content;
  padding: 6px 10px; border-radius: 7px; font-size: 0.86em; line-height: 1.4; font-variant-numeric: tabular-nums;
  color: var(--leaf-ink, CanvasText); background: var(--leaf-surface, Canvas);
  border: 1px solid var(--leaf-line, #8884); box-shadow: 0 2px 10px #0003;
}
.tip b, .tip span { display: block; }
@container view (max-width: 680px) {
  .grid { grid-template-columns: minmax(0, 1fr); gap: 22px; }
  .responses .plot { height: 270px; }
  .plot { height: 230px; }
}
@container panel (max-width: 560px) {
  .heat .plot, .grid.single .heat .plot { height: 480px; }
  .lists .plot, .grid.single .lists .plot { height: 760px; }
}
@media (forced-colors: active) {
  .tip { border-color: CanvasText; }
}
`
