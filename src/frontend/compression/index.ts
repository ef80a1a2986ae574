import type { Part } from '../filterbank/index.ts'
import { type LogCompression, log } from './log.ts'
import { type NoCompression, noCompression } from './none.ts'
import { type PcenCompression, pcen } from './pcen.ts'

/** A compression of pooled energies. */
export interface Compression<Description extends { readonly kind: string }> extends Part<Description> {
  /** @param energies frames × channels of a whole signal, row by row. @returns the same shape. */
  apply(compression: Description, energies: Float64Array, channels: number): Float64Array
}

/** The description of any compression. */
export type CompressionDescription = PcenCompression | LogCompression | NoCompression

export const compressions = { pcen, log, none: noCompression } as const

export type { LogCompression } from './log.ts'
export type { NoCompression } from './none.ts'
export type { PcenCompression } from './pcen.ts'
