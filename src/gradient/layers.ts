import type { MemoryLayout } from '../../worklet/index.ts'
import type { Compression } from '../frontend/index.ts'
import type { CompressionLayer } from './compression-layer.ts'
import type { GradientKernel } from './kernel.ts'
import { PcenLayer } from './pcen-layer.ts'
import { PlainLayer } from './plain-layer.ts'

/**
 * A compression in learning: PCEN by the kernel, whose powers would cost more than the filters in TypeScript, every
 * other one by the functions of its family, which are cheap beside the filters.
 */
export function compressionLayer(
  kernel: GradientKernel,
  compression: Compression,
  channels: number,
  frames: number,
  quads: number,
  layout: MemoryLayout,
): CompressionLayer {
  return compression.kind === 'pcen'
    ? new PcenLayer(kernel, compression, channels, frames, quads, layout)
    : new PlainLayer(kernel, compression, channels, frames, quads)
}
