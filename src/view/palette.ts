/** Colours and font of axes and marks, taken from the page's style. */
export interface Palette {
  readonly ink: string
  readonly muted: string
  readonly mark: string
  readonly lane: string
  readonly background: string
  readonly font: string
}

/** The page's colours at an element; with forced colours those the reader has chosen. */
export function paletteOf(element: HTMLElement): Palette {
  const style = getComputedStyle(element)
  const { color: ink } = style
  const font = `12px ${style.fontFamily}`
  const background = '#0b0915'
  if (matchMedia('(forced-colors: active)').matches) {
    return { ink, muted: ink, mark: 'Highlight', lane: 'Canvas', background, font }
  }
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  return {
    ink,
    muted: read('--leaf-muted', ink),
    mark: read('--leaf-accent', '#1d7a4f'),
    lane: read('--leaf-raised', '#8882'),
    background,
    font,
  }
}
