import { type LogCompression, log } from './log.ts'
import { type NoCompression, noCompression } from './none.ts'
import { type PcenCompression, pcen } from './pcen.ts'

/** The description of any compression. */
export type CompressionDescription = PcenCompression | LogCompression | NoCompression

export const compressions = { pcen, log, none: noCompression } as const

export type { LogCompression } from './log.ts'
export type { NoCompression } from './none.ts'
export type { PcenCompression } from './pcen.ts'
