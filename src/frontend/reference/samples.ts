import { frameCount, type Geometry } from '../geometry.ts'
import type { Features } from './features.ts'

/** Frames of `hop` samples one after the other, zeros after the end. */
export function framedSamples(geometry: Geometry, signal: ArrayLike<number>): Features {
  const frames = frameCount(geometry, signal.length)
  const values = new Float64Array(frames * geometry.hop)
  values.set(signal)
  return { frames, channels: geometry.hop, values }
}
