import { decibels } from '../../../../src/learning/sound/index.ts'

/** What the official training brings every crop to, and the most by which it raises one (leaf-audio, example configuration). */
const DEVIATION = 5.6
const MOST = decibels(30)

/** Brings a crop to the official standard deviation, in place; a quiet one is raised by 30 dB. */
export function raise(crop: Float32Array): void {
  const mean = crop.reduce((sum, x) => sum + x, 0) / crop.length
  const variance = crop.reduce((sum, x) => sum + (x - mean) ** 2, 0) / crop.length
  const gain = Math.min(DEVIATION / Math.sqrt(variance), MOST)
  for (let i = 0; i < crop.length; i++) crop[i] *= gain
}
