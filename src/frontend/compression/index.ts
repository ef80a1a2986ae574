import { type LayerNormCompression, layerNorm } from './layer-norm.ts'
import { type LogCompression, log } from './log.ts'
import { type NoCompression, noCompression } from './none.ts'
import { pcen } from './pcen.ts'
import type { PcenCompression } from './pcen-description.ts'
import { type RootCompression, root } from './root.ts'

export type { Compression, CompressionGradient } from './family.ts'
export type { LayerNormCompression } from './layer-norm.ts'
export type { LogCompression } from './log.ts'
export type { NoCompression } from './none.ts'
export type { PcenCompression } from './pcen-description.ts'
export { LEAST_ROOTED } from './pcen-gradient.ts'
export type { RootCompression } from './root.ts'

/** The description of any compression. */
export type CompressionDescription =
  | PcenCompression
  | LogCompression
  | RootCompression
  | LayerNormCompression
  | NoCompression

export const compressions = { pcen, log, root, 'layer-norm': layerNorm, none: noCompression } as const
