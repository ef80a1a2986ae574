import { colorMaps } from '../colors.ts'

/** Colours of the panels. */
export interface Theme {
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly surface: string
  /** Of a channel whose place among all, by rising frequency, is 0 to 1. */
  channel(share: number): string
}

/** The part of the colour map that can be told from a light and from a dark surface. */
const SHADES = { light: [0.04, 0.72], dark: [0.34, 1] } as const

/** What exported pictures look like, wherever they are made. */
export const lightTheme: Theme = {
  ink: '#17211b',
  muted: '#56635a',
  line: '#e3e8e1',
  surface: '#ffffff',
  channel: (share) => shade('light', share),
}

/** The page's colours at an element; with forced colours those the reader has chosen. */
export function themeOf(element: HTMLElement): Theme {
  const style = getComputedStyle(element)
  const { color: ink } = style
  if (matchMedia('(forced-colors: active)').matches) {
    return { ink, muted: ink, line: faded(ink), surface: 'Canvas', channel: () => ink }
  }
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  const ground = isLight(ink) ? 'dark' : 'light'
  return {
    ink,
    muted: read('--leaf-muted', ink),
    line: read('--leaf-line', '#8884'),
    surface: read('--leaf-surface', ground === 'dark' ? '#171d19' : '#ffffff'),
    channel: (share) => shade(ground, share),
  }
}

function shade(ground: keyof typeof SHADES, share: number): string {
  const [from, to] = SHADES[ground]
  return colorMaps.viridis(from + (to - from) * share)
}

/** A colour as grid lines have it. @param color as computed, "rgb(r, g, b)" */
function faded(color: string): string {
  return color.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.2)')
}

/** Text lighter than middle grey stands on something dark. @param color as computed, "rgb(r, g, b)" */
function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number)
  return 0.299 * red + 0.587 * green + 0.114 * blue > 128
}
