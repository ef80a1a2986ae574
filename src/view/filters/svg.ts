import { FONT_SIZE } from './paint.ts'
import type { Points, Shape } from './shapes.ts'
import { FONT_FAMILY, HEAD, type Sheet, type SheetPanel } from './sheet.ts'
import { lightTheme } from './theme.ts'
import { round } from './trace.ts'

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const

/** A whole SVG file that needs no other: no styles from outside, no scripts, no fonts but the reader's own. */
export function sheetSVG({ width, height, panels }: Sheet): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="${escaped(FONT_FAMILY)}" stroke-linecap="round" stroke-linejoin="round">\n`,
    `<title>${escaped(panels.map(({ title }) => title).join(', '))}</title>\n`,
    `<rect width="100%" height="100%" fill="${lightTheme.surface}"/>\n`,
    ...panels.map(panelSVG),
    '</svg>\n',
  ].join('')
}

function panelSVG({ title, box, drawing }: SheetPanel, index: number): string {
  const text = (words: string, y: number, size: number, color: string, weight: number) =>
    `<text y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}">${escaped(words)}</text>\n`
  const layers = drawing.layers.map(({ clip, shapes }, layer) => {
    const drawn = shapes.map(shapeSVG).join('')
    if (!clip) return `<g>\n${drawn}</g>\n`
    const id = `clip-${index}-${layer}`
    const { left, top, width, height } = clip
    const rectangle = `<rect x="${left}" y="${top}" width="${width}" height="${height}"/>`
    return `<clipPath id="${id}">${rectangle}</clipPath>\n<g clip-path="url(#${id})">\n${drawn}</g>\n`
  })
  return [
    `<g transform="translate(${box.left} ${box.top})">\n`,
    text(title, 14, 15, lightTheme.ink, 600),
    text(drawing.note, 32, 12, lightTheme.muted, 400),
    `<g transform="translate(0 ${HEAD})">\n`,
    ...layers,
    '</g>\n</g>\n',
  ].join('')
}

function shapeSVG(shape: Shape): string {
  const color = escaped(shape.color)
  const alpha = 'alpha' in shape && shape.alpha !== undefined ? ` opacity="${shape.alpha}"` : ''
  switch (shape.kind) {
    case 'line': {
      const dash = shape.dash ? ` stroke-dasharray="${shape.dash.join(' ')}"` : ''
      return `<path d="${path(shape.points)}" fill="none" stroke="${color}" stroke-width="${shape.width}"${dash}${alpha}/>\n`
    }
    case 'area':
      return `<path d="${path(shape.points)}" fill="${color}"${alpha}/>\n`
    case 'dot': {
      const look = shape.hollow ? `fill="none" stroke="${color}" stroke-width="1.25"` : `fill="${color}"`
      return `<circle cx="${round(shape.x)}" cy="${round(shape.y)}" r="${round(shape.radius)}" ${look}${alpha}/>\n`
    }
    case 'text': {
      const place = `x="${round(shape.x)}" y="${round(shape.y)}"`
      const look = `fill="${color}" font-size="${FONT_SIZE}" text-anchor="${ANCHORS[shape.align]}"`
      return `<text ${place} ${look} dominant-baseline="central">${escaped(shape.text)}</text>\n`
    }
  }
}

function path(points: Points): string {
  let data = ''
  for (let i = 0; i < points.length; i += 2)
    data += `${i === 0 ? 'M' : 'L'}${round(points[i])} ${round(points[i + 1])}`
  return data
}

/** Text as it may stand between tags and within quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
