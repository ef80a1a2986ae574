import type { FrontendDescription } from '../frontend/index.ts'

/**
 * How strongly a feature value is to be drawn: 0 (nothing) … 1 (full).
 * PCEN rests near zero and jumps at an onset, a logarithm spans decades; each kind of
 * compression gets the curve under which both its quiet and its loud parts can be seen.
 */
export type Tone = (value: number) => number

const PCEN_REST = 0.2
const PCEN_LOUD = 3
/** Logarithms of the energies between which sound lies. */
const LOG_QUIET = -11
const LOG_LOUD = 5
/** Standard deviations from the mean of a frame. */
const NORM_LOW = -1
const NORM_HIGH = 5

export function toneOf(compression: FrontendDescription['compression']): Tone {
  switch (compression.kind) {
    case 'pcen':
      return (value) => Math.sqrt(Math.max(0, value - PCEN_REST) / (PCEN_LOUD - PCEN_REST))
    case 'log':
      return (value) => (value - LOG_QUIET) / (LOG_LOUD - LOG_QUIET)
    case 'root': {
      const [quiet, loud] = [LOG_QUIET, LOG_LOUD].map((energy) => Math.exp(energy * compression.exponent))
      return (value) => (value - quiet) / (loud - quiet)
    }
    case 'layer-norm':
      return (value) => (value - NORM_LOW) / (NORM_HIGH - NORM_LOW)
    case 'none':
      return (value) => Math.tanh(Math.abs(value))
  }
}
