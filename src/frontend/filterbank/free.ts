import { onlyKeys, rowsAt } from '../checks.ts'
import { projected, rootMeanSquare, UNBOUNDED } from '../parameters.ts'
import { range } from '../text.ts'
import type { TapFamily } from './family.ts'
import { gaborTaps } from './gabor.ts'
import { measuredBandwidths, measuredCenters } from './measured.ts'
import { melStart } from './mel-start.ts'

/** Complex filters whose every tap is learned (time-domain filterbanks, arXiv 1711.01161). */
export interface FreeFilterbank {
  readonly kind: 'free'
  /** One row of K taps per channel. */
  readonly real: readonly (readonly number[])[]
  readonly imaginary: readonly (readonly number[])[]
}

/** Least step, so that a filter of zeros can still be learned. */
const LEAST_STEP = 1e-6

export const free: TapFamily<FreeFilterbank> = {
  kind: 'free',
  domain: 'time',
  complex: true,

  parse(value, path, { channels, windowLength }) {
    onlyKeys(value, ['kind', 'real', 'imaginary'], path)
    const taps = (name: 'real' | 'imaginary') =>
      rowsAt(value[name], `${path}.${name}`, channels, windowLength, UNBOUNDED)
    return { kind: 'free', real: taps('real'), imaginary: taps('imaginary') }
  },

  /** Gabor filters of the area A of mel filters, √(2 √π σ A) g(t) (leaf-audio `frontend.py`, `TimeDomainFilterbanks`). */
  initial(geometry) {
    const real: number[][] = []
    const imaginary: number[][] = []
    for (const { center, sigma, area } of melStart(geometry)) {
      const gain = Math.sqrt(2 * Math.sqrt(Math.PI) * sigma * area)
      const taps = gaborTaps(center, sigma, geometry.windowLength)
      real.push(Array.from(taps.real, (tap) => gain * tap))
      imaginary.push(Array.from(taps.imaginary, (tap) => gain * tap))
    }
    return { kind: 'free', real, imaginary }
  },

  /** A step is the root mean square of the filter's taps. */
  parameters({ real, imaginary }) {
    const steps = real.map((row, n) => {
      const step = rootMeanSquare(row.concat(imaginary[n]), LEAST_STEP)
      return new Array<number>(row.length).fill(step)
    })
    return [
      { name: 'real', values: joined(real), bounds: UNBOUNDED, steps: joined(steps) },
      { name: 'imaginary', values: joined(imaginary), bounds: UNBOUNDED, steps: joined(steps) },
    ]
  },

  withParameters(filterbank, values, geometry) {
    const [real, imaginary] = projected(free.parameters(filterbank, geometry), values)
    const rows = (taps: readonly number[]) =>
      filterbank.real.map(({ length }, n) => taps.slice(n * length, (n + 1) * length))
    return { kind: 'free', real: rows(real), imaginary: rows(imaginary) }
  },

  impulseResponses: ({ real, imaginary }) => ({
    real: real.map((row) => Float64Array.from(row)),
    imaginary: imaginary.map((row) => Float64Array.from(row)),
  }),

  gradient: (_filterbank, { real, imaginary }, { windowLength }) =>
    [real, imaginary].map((rows) => {
      const flat = new Float64Array(rows.length * windowLength)
      rows.forEach((row, n) => flat.set(row, n * windowLength))
      return flat
    }),

  centerFrequencies: measuredCenters,
  bandwidths: measuredBandwidths,

  summary: (filterbank, geometry) => `: centres ${range(measuredCenters(filterbank, geometry), 'Hz')}`,
}

/** Row by row; many times as fast as `flat`, which counts here: every step of training does it. */
function joined(rows: readonly (readonly number[])[]): number[] {
  return ([] as number[]).concat(...rows)
}
