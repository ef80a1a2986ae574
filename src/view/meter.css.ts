export const css = `
:host { display: block; }
:host([hidden]) { display: none; }
.hint { color: var(--leaf-muted, #777); margin: 0; }
.hint[hidden], dl[hidden] { display: none; }
dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(215px, 1fr)); gap: 0 28px; }
div { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 7px 0; border-bottom: 1px solid var(--leaf-line, #8884); align-content: start; }
dt { color: var(--leaf-muted, #777); }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; text-align: right; }
dd.description { display: none; grid-column: 1 / -1; font-weight: 400; text-align: left; font-size: 0.86em; color: var(--leaf-muted, #777); }
:host([explain]) dd.description { display: block; }
:host([explain]) dt { color: inherit; font-weight: 600; }
`
