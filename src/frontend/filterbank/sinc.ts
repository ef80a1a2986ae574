import { onlyKeys } from '../checks.ts'
import { cos } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { hertzToMel, melToHertz } from '../scales.ts'
import { range } from '../text.ts'
import type { TapFamily } from './family.ts'
import {
  type Bands,
  bandCenters,
  bandGradients,
  bandParameters,
  bandsWith,
  bandWidths,
  edges,
  parseBands,
} from './sinc-bands.ts'
import { bandPass, bandPassGradient } from './sinc-taps.ts'

/** Band-pass filters between two learnable edges (SincNet, arXiv 1808.00158, as leaf-audio `frontend.py` has it). */
export interface SincFilterbank extends Bands {
  readonly kind: 'sinc'
}

/** The first and the last edge at the start lie this far inside of 0 and half the sample rate, Hz. */
const INSIDE = { lowest: 50, highest: 100 }

/** A lower edge may pass half the sample rate, as in the official code: up to here the filter is one. */
const lowBounds = ({ sampleRate }: Geometry) => ({ min: -0.75 * sampleRate, max: 0.75 * sampleRate })

export const sinc: TapFamily<SincFilterbank> = {
  kind: 'sinc',
  domain: 'time',
  complex: false,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'low', 'band'], path)
    return { kind: 'sinc', ...parseBands(value, path, geometry, lowBounds(geometry)) }
  },

  /** Edges equally spaced in mel from 50 Hz to 100 Hz below half the sample rate; the filters lie 50 Hz above them. */
  initial({ channels, sampleRate }) {
    const first = hertzToMel(INSIDE.lowest)
    const step = (hertzToMel(sampleRate / 2 - INSIDE.highest) - first) / channels
    const edge = Array.from({ length: channels + 1 }, (_, i) => melToHertz(first + i * step))
    return {
      kind: 'sinc',
      low: edge.slice(0, -1),
      band: edge.slice(1).map((upper, i) => upper - edge[i]),
    }
  },

  parameters: (filterbank, geometry) => bandParameters(filterbank, geometry, lowBounds(geometry)),

  withParameters: (filterbank, values, geometry) => ({
    kind: 'sinc',
    ...bandsWith(sinc.parameters(filterbank, geometry), values, geometry),
  }),

  /** Band-pass with a largest tap of 1, times a Hamming window; time 0 at tap K // 2, for an even number of taps too. */
  impulseResponses({ low, band }, geometry) {
    const window = hamming(geometry.windowLength)
    const real = low.map((value, n) => {
      const { lower, upper } = edges(value, band[n], geometry)
      return bandPass(lower, upper, geometry).map((tap, j) => tap * window[j])
    })
    return { real, imaginary: low.map(() => new Float64Array(geometry.windowLength)) }
  },

  gradient(filterbank, tapGradients, geometry) {
    const window = hamming(geometry.windowLength)
    return bandGradients(filterbank, geometry, (n, lower, upper) => {
      const windowed = tapGradients.real[n].map((gradient, j) => gradient * window[j])
      return bandPassGradient(lower, upper, windowed, geometry)
    })
  },

  centerFrequencies: bandCenters,
  bandwidths: bandWidths,

  summary: (filterbank, geometry) => `: centres ${range(bandCenters(filterbank, geometry), 'Hz')}`,
}

/** The periodic window of the official code: not symmetric about the middle tap. */
function hamming(windowLength: number): Float64Array {
  return Float64Array.from(
    { length: windowLength },
    (_, n) => 0.54 - 0.46 * cos((2 * Math.PI * n) / windowLength),
  )
}
