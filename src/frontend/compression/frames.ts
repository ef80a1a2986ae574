import * as families from './families.ts'
import type { FrameCompressor } from './family.ts'

export type { FrameCompressor } from './family.ts'

type Family = (typeof families)[keyof typeof families]

/**
 * The compression of a stream frame by frame, for compressions without code in the kernel. Apart from the registry of
 * all compressions, so that the audio thread's script holds what it runs and no more.
 */
export function frameCompressor(compression: { readonly kind: string }, channels: number): FrameCompressor {
  const family = Object.values<Family>(families).find(({ kind }) => kind === compression.kind)
  if (!family)
    throw new Error(`The compression ${compression.kind} is not in src/frontend/compression/families.ts.`)
  return family.compressor(compression as never, channels)
}
