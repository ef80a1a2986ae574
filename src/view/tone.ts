import type { FrontendDescription } from '../frontend/index.ts'

/**
 * How strongly a feature value is to be drawn: 0 (nothing) … 1 (full).
 * PCEN rests near zero and jumps at an onset, a logarithm spans decades; each kind of
 * compression gets the curve under which both its quiet and its loud parts can be seen.
 */
export type Tone = (value: number) => number

const PCEN_REST = 0.2
const PCEN_LOUD = 3
const LOG_QUIET = -11
const LOG_LOUD = 5

export function toneOf(compression: FrontendDescription['compression']): Tone {
  switch (compression.kind) {
    case 'pcen':
      return (value) => Math.sqrt(Math.max(0, value - PCEN_REST) / (PCEN_LOUD - PCEN_REST))
    case 'log':
      return (value) => (value - LOG_QUIET) / (LOG_LOUD - LOG_QUIET)
    default:
      return (value) => Math.tanh(Math.abs(value))
  }
}
