import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolateViridis,
} from 'd3-scale-chromatic'

/** A colour map of matplotlib. */
export type ColorMapName = 'magma' | 'viridis' | 'inferno' | 'cividis'

/** Colour maps in which equal steps of a value, from 0 to 1, look like equal steps of colour. */
export const colorMaps: Readonly<Record<ColorMapName, (value: number) => string>> = {
  magma: interpolateMagma,
  viridis: interpolateViridis,
  inferno: interpolateInferno,
  cividis: interpolateCividis,
}

export function isColorMap(name: string | null): name is ColorMapName {
  return name !== null && Object.hasOwn(colorMaps, name)
}

/** 256 colours from low to high, each as one little-endian RGBA word of an ImageData. */
export function colorTable(name: ColorMapName): Uint32Array {
  const table = new Uint32Array(256)
  for (let i = 0; i < 256; i++) {
    const [red, green, blue] = channelsOf(colorMaps[name](i / 255))
    table[i] = 0xff000000 | (blue << 16) | (green << 8) | red
  }
  return table
}

/** The maps speak "#rrggbb" (magma, viridis) or "rgb(r, g, b)" (cividis). */
function channelsOf(color: string): [number, number, number] {
  if (color.startsWith('#')) {
    const word = Number.parseInt(color.slice(1), 16)
    return [word >> 16, (word >> 8) & 255, word & 255]
  }
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map(Number)
  return [red, green, blue]
}
