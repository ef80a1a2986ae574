export const css = `
:host { display: block; position: relative; min-height: 220px; contain: content; }
:host([hidden]) { display: none; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.empty {
  position: absolute; inset: 78px 0 24px 44px; display: grid; place-items: center;
  text-align: center; padding: 16px; color: #f2f0f7; pointer-events: none;
}
.empty[hidden] { display: none; }
`
