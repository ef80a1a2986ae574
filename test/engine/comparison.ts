import { type Features, type FrontendDescription, reference } from '../../src/frontend/index.ts'
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

/** The largest error of a feature against the reference: after PCEN as it is, else as a share of the features' range. */
export function featureError(frontend: FrontendDescription, engine: Engine, sound: Float32Array): number {
  const expected = reference(frontend, sound)
  const error = largestError(expected, engine.clip(sound))
  return frontend.compression.kind === 'pcen' ? error : error / (rangeOf(expected) || 1)
}
