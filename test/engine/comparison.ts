import {
  compress,
  type Features,
  type FrontendDescription,
  pooledEnergies,
} from '../../src/frontend/index.ts'
import type { Engine } from '../../worklet/engine.ts'

/** What an engine returns for a clip. */
export type Features32 = ReturnType<Engine['clip']>

/** The largest difference of any two values; NaN if there is one, or if the shapes differ. */
export function largestError(expected: Features, actual: Features32): number {
  if (actual.frames !== expected.frames || actual.channels !== expected.channels) return Number.NaN
  let worst = 0
  for (let i = 0; i < actual.values.length; i++) {
    const error = Math.abs(actual.values[i] - expected.values[i])
    // Not Math.max: a NaN has to show.
    if (!(error <= worst)) worst = error
  }
  return worst
}

/** Largest minus smallest value. */
function rangeOf({ values }: Features): number {
  return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))
}

/** What the reference gave for a sound, by what it depends on: compressions share it, and it takes longest of all. */
const known = new WeakMap<Float32Array, Map<string, Features>>()

/** The reference's energies, each computed once. */
export function referenceEnergies(frontend: FrontendDescription, sound: Float32Array): Features {
  const ofSound = known.get(sound) ?? new Map<string, Features>()
  known.set(sound, ofSound)
  const key = JSON.stringify({ ...frontend, compression: null, energyFloor: null })
  const energies = ofSound.get(key) ?? pooledEnergies(frontend, sound)
  ofSound.set(key, energies)
  return energies
}

/** The reference's features from its energies. */
export function featuresOf({ frames, channels, values }: Features, frontend: FrontendDescription): Features {
  const { compression, energyFloor } = frontend
  const floored = energyFloor > 0 ? values.map((energy) => Math.max(energy, energyFloor)) : values
  return { frames, channels, values: compress(compression, floored, channels) }
}

/** The largest error of a feature against the reference: after PCEN as it is, else as a share of the features' range. */
export function featureError(frontend: FrontendDescription, engine: Engine, sound: Float32Array): number {
  const expected = featuresOf(referenceEnergies(frontend, sound), frontend)
  const error = largestError(expected, engine.clip(sound))
  return frontend.compression.kind === 'pcen' ? error : error / (rangeOf(expected) || 1)
}
