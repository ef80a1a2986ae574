import { onlyKeys, rowsAt } from '../checks.ts'
import { projected, rootMeanSquare, UNBOUNDED } from '../parameters.ts'
import { range } from '../text.ts'
import type { TapFamily } from './family.ts'
import { gaborTaps } from './gabor.ts'
import { measuredBandwidths, measuredCenters } from './measured.ts'
import { melStart } from './mel-start.ts'
import { apart, joined, joinedGradients } from './rows.ts'

/** Complex filters whose every tap is learned (time-domain filterbanks, arXiv 1711.01161). */
export interface FreeFilterbank {
  readonly kind: 'free'
  /** One row of K taps per channel. */
  readonly real: readonly (readonly number[])[]
  readonly imaginary: readonly (readonly number[])[]
}

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
      const step = rootMeanSquare(row.concat(imaginary[n]))
      return new Array<number>(row.length).fill(step)
    })
    return [
      { name: 'real', values: joined(real), bounds: UNBOUNDED, steps: joined(steps) },
      { name: 'imaginary', values: joined(imaginary), bounds: UNBOUNDED, steps: joined(steps) },
    ]
  },

  withParameters(filterbank, values, geometry) {
    const [real, imaginary] = projected(free.parameters(filterbank, geometry), values)
    return {
      kind: 'free',
      real: apart(real, filterbank.real),
      imaginary: apart(imaginary, filterbank.imaginary),
    }
  },

  impulseResponses: ({ real, imaginary }) => ({
    real: real.map((row) => Float64Array.from(row)),
    imaginary: imaginary.map((row) => Float64Array.from(row)),
  }),

  gradient: (_filterbank, { real, imaginary }) => [real, imaginary].map(joinedGradients),

  centerFrequencies: measuredCenters,
  bandwidths: measuredBandwidths,

  summary: (filterbank, geometry) => `: centres ${range(measuredCenters(filterbank, geometry), 'Hz')}`,
}
