import { STYLE } from './style.ts'

export type Attributes = Readonly<Record<string, string | number>>

/** A place on the picture: to the right and down. */
export type Point = readonly [x: number, y: number]

export interface FigureSize {
  readonly width: number
  readonly height: number
}

/** An SVG element; children are elements already, words go through `text`. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`)
  const start = `<${name}${written.join('')}`
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`
}

export function group(className: string, ...children: string[]): string {
  return element('g', { class: className }, ...children)
}

/** @param className what style.ts knows */
export function text(content: string, [x, y]: Point, className: string): string {
  return element('text', { x, y, class: className }, escaped(content))
}

/** Read from bottom to top. */
export function upright(content: string, [x, y]: Point, className: string): string {
  const transform = `translate(${rounded(x)} ${rounded(y)}) rotate(-90)`
  return element('text', { transform, class: className }, escaped(content))
}

/** @param pieces commands of a path with their numbers */
export function path(pieces: readonly (readonly (string | number)[])[], className: string): string {
  const written = pieces
    .flat()
    .map((part) => (typeof part === 'number' ? rounded(part) : part))
    .join(' ')
    .replaceAll(/ ?([A-Za-z]) ?/g, '$1')
  return element('path', { d: written, class: className })
}

/**
 * A whole picture on its own ground, light or dark as its reader likes it.
 *
 * @param title what a reader who cannot see it is told
 */
export function figure({ width, height }: FigureSize, title: string, ...children: string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
    width,
    height,
    class: 'figure',
    role: 'img',
  }
  const whole = element(
    'svg',
    attributes,
    element('title', {}, escaped(title)),
    element('style', {}, STYLE),
    element('rect', { width, height, rx: 6, class: 'ground' }),
    ...children.map((child) => `\n${child}`),
    '\n',
  )
  return `${whole}\n`
}

/** A digit after the point: finer than screens show, the same on every machine. */
const rounded = (value: number) => Math.round(value * 10) / 10

const attribute = (value: string | number) =>
  typeof value === 'number' ? String(rounded(value)) : escaped(value).replaceAll('"', '&quot;')

const escaped = (content: string) =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
