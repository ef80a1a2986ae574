import { type ColorMapName, colorMaps } from './colors.ts'
import type { Palette } from './palette.ts'
import type { Tone } from './tone.ts'
import type { Viewport } from './viewport.ts'

const BAR_WIDTH = 8
const BAR_GAP = 10
const TEXT_GAP = 6
/** CSS pixels that a legend takes at the right. */
export const LEGEND_WIDTH = 60

/** No feature is further from 0. */
const LARGEST = 1000
/** Halves what is between the bounds so often that nothing visible is left of it. */
const HALVINGS = 60
/** The last of the 256 colours below the first change, in the middle, and at the last change. */
const STRENGTHS = [0.5 / 255, 0.5, 254.5 / 255]

/** The feature values at the darkest, the middle and the brightest colour. */
export function legendValues(tone: Tone): number[] {
  // What tells values below 0 like those above has its darkest colour at 0.
  const least = tone(-LARGEST) > tone(0) ? 0 : -LARGEST
  return STRENGTHS.map((strength) => {
    let [low, high] = [least, LARGEST]
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2
      if (tone(middle) < strength) low = middle
      else high = middle
    }
    return high
  })
}

/** Colours of a bar, from the darkest on: computed once, drawn at every repaint. */
const stops = new Map<ColorMapName, readonly string[]>()
const STOPS = 17

function stopsOf(colors: ColorMapName): readonly string[] {
  const known =
    stops.get(colors) ?? Array.from({ length: STOPS }, (_, i) => colorMaps[colors](i / (STOPS - 1)))
  stops.set(colors, known)
  return known
}

/** Two digits, as a person writes them. */
export function legendText(value: number): string {
  return String(Number(value.toPrecision(2))).replace('-', '−')
}

/** A bar of all colours at the right of the picture, with what three of them stand for. */
export function paintLegend(
  context: CanvasRenderingContext2D,
  view: Viewport,
  colors: ColorMapName,
  texts: readonly string[],
  palette: Palette,
): void {
  const x = view.right + BAR_GAP
  const gradient = context.createLinearGradient(0, view.bottom, 0, view.top)
  stopsOf(colors).forEach((color, i) => gradient.addColorStop(i / (STOPS - 1), color))
  context.fillStyle = gradient
  context.beginPath()
  context.roundRect(x, view.top, BAR_WIDTH, view.height, 3)
  context.fill()
  context.fillStyle = palette.muted
  context.textAlign = 'left'
  texts.forEach((text, i) => {
    const share = i / (texts.length - 1)
    context.textBaseline = i === 0 ? 'bottom' : share === 1 ? 'top' : 'middle'
    context.fillText(text, x + BAR_WIDTH + TEXT_GAP, view.bottom - share * view.height)
  })
}
