import { compress, compressions, type PcenCompression } from '../../frontend/index.ts'
import type { Random } from '../random/index.ts'
import type { FrozenClassifier } from './frozen-classifier.ts'

/** Pooled energies of a labelled sound. */
export interface LabelledEnergies {
  /** [frames, channels] */
  readonly energies: Float64Array
  readonly target: Float32Array
}

/** Energies from the sound's start to the end of the classifier's window. */
export interface EnergyWindow extends LabelledEnergies {
  /** Values before the window; they only set the state of PCEN's smoother. */
  readonly lead: number
}

/** A window at a random frame. */
export function drawWindow(
  { energies, target }: LabelledEnergies,
  [windowFrames, channels]: readonly [number, number],
  random: Random,
): EnergyWindow {
  const firstFrame = random.below(energies.length / channels - windowFrames + 1)
  const end = (firstFrame + windowFrames) * channels
  return { energies: energies.subarray(0, end), target, lead: firstFrame * channels }
}

/** Loss of a batch of windows, nats, and ∂loss/∂ alpha, delta, root and smooth, [4][channels]. */
export async function differentiate(
  classifier: FrozenClassifier,
  compression: PcenCompression,
  windows: readonly EnergyWindow[],
): Promise<{ loss: number; gradients: Float64Array[] }> {
  const [windowFrames, channels] = classifier.window
  const length = windowFrames * channels
  const features = new Float32Array(windows.length * length)
  windows.forEach(({ energies, lead }, i) => {
    features.set(compress(compression, energies, channels).subarray(lead), i * length)
  })
  const targets = Float32Array.from(windows.flatMap(({ target }) => [...target]))
  const result = await classifier.differentiate(features, targets)
  const gradients = Array.from({ length: 4 }, () => new Float64Array(channels))
  windows.forEach(({ energies, lead }, i) => {
    const outer = new Float64Array(energies.length)
    outer.set(result.features.subarray(i * length, (i + 1) * length), lead)
    const { parameters } = compressions.pcen.gradient(compression, energies, outer, channels)
    parameters.forEach((own, p) => own.forEach((value, n) => (gradients[p][n] += value)))
  })
  return { loss: result.loss, gradients }
}
