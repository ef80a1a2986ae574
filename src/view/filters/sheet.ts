import { FONT_SIZE, paintDrawing } from './paint.ts'
import { type PanelName, panels } from './panels/index.ts'
import type { Box, Drawing } from './shapes.ts'
import type { Subject } from './subject.ts'
import { lightTheme } from './theme.ts'

/** All panels as they stand on an exported picture, in light colours whatever the page's are. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly panels: readonly SheetPanel[]
}

export interface SheetPanel {
  readonly title: string
  readonly box: Box
  readonly drawing: Drawing
}

const WIDTH = 1200
const MARGIN = 24
/** Height of title and note above a panel's picture. */
export const HEAD = 44
const TALL = 340
const USUAL = 260
/** Pixels of a PNG for one of the sheet. */
const PNG_SCALE = 2
export const FONT_FAMILY = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"

/** A panel that asks for it, or is alone, over the whole width; the others two a row. */
export function sheetOf(names: readonly PanelName[], subject: Subject): Sheet {
  const whole = WIDTH - 2 * MARGIN
  const half = (whole - MARGIN) / 2
  let top = MARGIN
  let column = 0
  const drawn = names.map((name) => {
    const { title, draw, whole: tall } = panels[name]
    const wide = tall !== undefined || names.length === 1
    const [width, height] = wide ? [whole, tall ?? TALL] : [half, USUAL]
    // One that would stand beside nothing of its kind begins a new row.
    if (wide && column === 1) {
      top += HEAD + USUAL + MARGIN
      column = 0
    }
    const box = { left: MARGIN + column * (half + MARGIN), top, width, height }
    column = wide ? 0 : 1 - column
    if (column === 0) top += HEAD + height + MARGIN
    return { title, box, drawing: draw(subject, box, lightTheme) }
  })
  return { width: WIDTH, height: top, panels: drawn }
}

export function paintSheet(sheet: Sheet): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = sheet.width * PNG_SCALE
  canvas.height = sheet.height * PNG_SCALE
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  context.scale(PNG_SCALE, PNG_SCALE)
  context.fillStyle = lightTheme.surface
  context.fillRect(0, 0, sheet.width, sheet.height)
  for (const { title, box, drawing } of sheet.panels) {
    context.save()
    context.translate(box.left, box.top)
    context.textBaseline = 'alphabetic'
    context.fillStyle = lightTheme.ink
    context.font = `600 15px ${FONT_FAMILY}`
    context.fillText(title, 0, 14)
    context.fillStyle = lightTheme.muted
    context.font = `12px ${FONT_FAMILY}`
    context.fillText(drawing.note, 0, 32)
    context.translate(0, HEAD)
    paintDrawing(context, drawing, `${FONT_SIZE}px ${FONT_FAMILY}`)
    context.restore()
  }
  return canvas
}
