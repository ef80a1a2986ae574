import type { Part } from '../filterbank/index.ts';
import { log, type LogCompression } from './log.ts';
import { noCompression, type NoCompression } from './none.ts';
import { pcen, type PcenCompression } from './pcen.ts';

/** A compression of pooled energies. */
export interface Compression<Description extends { readonly kind: string }> extends Part<Description> {
  /** @param energies frames × channels of a whole signal, row by row. @returns the same shape. */
  apply(compression: Description, energies: Float64Array, channels: number): Float64Array;
}

/** The description of any compression. */
export type CompressionDescription = PcenCompression | LogCompression | NoCompression;

export const compressions = { pcen, log, none: noCompression } as const;

export type { LogCompression } from './log.ts';
export type { NoCompression } from './none.ts';
export type { PcenCompression } from './pcen.ts';
