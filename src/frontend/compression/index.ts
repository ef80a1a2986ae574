import { byKind, type DescriptionOf } from '../part.ts'
import * as families from './families.ts'
import type { CompressionFamily } from './family.ts'
import * as kernelFamilies from './kernel-families.ts'

export type { CompressionFamily, CompressionGradient } from './family.ts'
export { type FrameCompressor, frameCompressor } from './frames.ts'
export type { PcenCompression } from './pcen-description.ts'
export { leastRooted } from './pcen-gradient.ts'

type KernelFamilies = typeof kernelFamilies
type Families = typeof families & KernelFamilies

/** The description of any compression. */
export type Compression = DescriptionOf<Families[keyof Families]>

/** The description of a compression that the engine's kernel computes. */
export type KernelCompression = DescriptionOf<KernelFamilies[keyof KernelFamilies]>

export const compressions = /* @__PURE__ */ byKind({ ...families, ...kernelFamilies })

/** The family of a compression: the one dispatch over compressions. */
export function compressionOf<Description extends Compression>(
  compression: Description,
): CompressionFamily<Description> {
  // The compiler does not see that a family goes with descriptions of its own kind.
  return compressions[compression.kind] as unknown as CompressionFamily<Description>
}

/** Features from the floored energies of a whole signal, frames × channels, row by row. */
export function compress(compression: Compression, energies: Float64Array, channels: number): Float64Array {
  const features = new Float64Array(energies.length)
  const next = compressionOf(compression).compressor(compression, channels)
  for (let start = 0; start < energies.length; start += channels) {
    const end = start + channels
    next(energies.subarray(start, end), features.subarray(start, end), start === 0)
  }
  return features
}
