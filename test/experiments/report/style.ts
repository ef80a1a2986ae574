import type { System } from '../tasks/design/names.ts'

/** Colours of the systems on light and on dark ground; what shares a filterbank shares a hue. */
const COLORS: Readonly<Record<System, readonly [light: string, dark: string]>> = {
  leaf: ['#d1401f', '#ff7a59'],
  'leaf-mixed': ['#8c2a12', '#ffb59f'],
  'leaf-both': ['#e0903a', '#f5c489'],
  'mel-log': ['#24509e', '#7ba6f0'],
  'mel-pcen': ['#5b9bd5', '#a9cbf5'],
  'mel-both': ['#2f8fa3', '#86d3e3'],
  'mel-learned': ['#4b5fd0', '#a3aefa'],
  'time-domain': ['#8a4fc0', '#c194ee'],
  sincnet: ['#1f7a4d', '#4fbf86'],
  'sincnet-plus': ['#56ad80', '#a5dcbc'],
  gammatone: ['#c08a00', '#e8bd4a'],
  'analytic-sinc': ['#0f5c5c', '#3fa8a8'],
  spline: ['#a13d7a', '#e58fc4'],
  'short-filters': ['#6e6250', '#c4b69f'],
  'conv-stack': ['#5f6b2d', '#b3c26a'],
  'complex-gabor': ['#7a5c3e', '#cfa983'],
}

const systemColors = (which: 0 | 1) =>
  Object.entries(COLORS).map(([system, colors]) => `.figure .${system}{color:${colors[which]}}`)

/** Marks take their colour from the group of their system. */
export const STYLE = [
  '.figure{font-family:system-ui,"Helvetica Neue",Arial,sans-serif}',
  '.figure .ground{fill:#fff}',
  '.figure text{fill:#1c2430;font-size:11px}',
  '.figure .small{font-size:9.5px}',
  '.figure .title{font-size:12px;font-weight:600}',
  '.figure .middle{text-anchor:middle}',
  '.figure .end{text-anchor:end}',
  '.figure text.muted{fill:#5d6878}',
  '.figure .grid{stroke:#e7eaef;stroke-width:1;fill:none}',
  '.figure .frame{stroke:#9aa4b2;stroke-width:1;fill:none}',
  '.figure .reference{stroke:#5d6878;stroke-width:1;stroke-dasharray:3 2;fill:none}',
  '.figure .ink{color:#1c2430}',
  '.figure .dot,.figure .speck{stroke:currentColor;stroke-linecap:round}',
  '.figure .dot{stroke-width:7}',
  '.figure .speck{stroke-width:3.6}',
  '.figure .ring{fill:none;stroke:#5d6878;stroke-width:.9}',
  '.figure .whisker{stroke:currentColor;stroke-width:1.5;fill:none}',
  '.figure .thread{stroke:currentColor;stroke-width:.75;fill:none;opacity:.5}',
  '.figure .curve{stroke:currentColor;stroke-width:1.2;fill:none;stroke-linejoin:round;opacity:.8}',
  ...systemColors(0),
  '@media(prefers-color-scheme:dark){',
  '.figure .ground{fill:#12171f}',
  '.figure text{fill:#e4e8ee}',
  '.figure text.muted{fill:#99a4b3}',
  '.figure .grid{stroke:#262e3a}',
  '.figure .frame{stroke:#566172}',
  '.figure .reference,.figure .ring{stroke:#99a4b3}',
  '.figure .ink{color:#e4e8ee}',
  ...systemColors(1),
  '}',
].join('')
