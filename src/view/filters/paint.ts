import type { Drawing, Points, Shape } from './shapes.ts'

/** Of labels, in CSS pixels. */
export const FONT_SIZE = 11.5

/** A lamp's alpha at full strength: what lies beneath stays visible. */
const LAMP_ALPHA = 0.6
/** Strengths below are not seen. */
const LEAST_STRENGTH = 0.02

export function paintDrawing(context: CanvasRenderingContext2D, drawing: Drawing, font: string): void {
  context.font = font
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineCap = 'round'
  for (const { clip, shapes } of drawing.layers) {
    context.save()
    if (clip) clipTo(context, clip)
    for (const shape of shapes) paintShape(context, shape, 1)
    context.restore()
  }
}

/** @param strengths 0 to 1, one a channel */
export function paintLamps(
  context: CanvasRenderingContext2D,
  { lamps, lampClip }: Drawing,
  strengths: ArrayLike<number>,
): void {
  context.save()
  if (lampClip) clipTo(context, lampClip)
  const strongest = new Map<Points | Shape, number>()
  lamps.forEach((lamp, channel) => {
    const place = 'points' in lamp ? lamp.points : lamp
    const other = strongest.get(place)
    const least = other === undefined ? LEAST_STRENGTH : strengths[other]
    if (strengths[channel] > least) strongest.set(place, channel)
  })
  for (const channel of strongest.values())
    paintShape(context, lamps[channel], LAMP_ALPHA * strengths[channel])
  context.restore()
}

function clipTo(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: NonNullable<Drawing['lampClip']>,
) {
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
}

function paintShape(context: CanvasRenderingContext2D, shape: Shape, strength: number): void {
  const { color } = shape
  context.globalAlpha = strength * ('alpha' in shape ? (shape.alpha ?? 1) : 1)
  switch (shape.kind) {
    case 'line':
      context.strokeStyle = color
      context.lineWidth = shape.width
      context.setLineDash(shape.dash ? [...shape.dash] : [])
      follow(context, shape.points)
      context.stroke()
      break
    case 'area':
      context.fillStyle = color
      follow(context, shape.points)
      context.fill()
      break
    case 'dot':
      context.beginPath()
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI)
      context.setLineDash([])
      context.lineWidth = 1.25
      context.fillStyle = color
      context.strokeStyle = color
      if (shape.hollow) context.stroke()
      else context.fill()
      break
    case 'text':
      context.fillStyle = color
      context.textAlign = shape.align
      context.fillText(shape.text, shape.x, shape.y)
      break
  }
}

function follow(context: CanvasRenderingContext2D, points: Points): void {
  context.beginPath()
  for (let i = 0; i < points.length; i += 2) context.lineTo(points[i], points[i + 1])
}
