import { preset } from '../../../../src/frontend/index.ts'
import { hasLearned, learnedValues } from './learned-values.ts'
import type { GatheredRun } from './record-schema.ts'

/** Where filters lie and how wide they are, Hz, a value per channel. */
export interface Bands {
  readonly centers: readonly number[]
  readonly widths: readonly number[]
}

/** SincNet's least lower edge and least width, Hz. */
const LEAST_HERTZ = 50

/**
 * A run's filters before and after, or nothing where the filterbank has nothing to learn.
 *
 * @throws LeafError `data-folder` naming what the run has not recorded.
 */
export function bandsOf(run: GatheredRun): { initial: Bands; learned: Bands } | undefined {
  const { filterbank, sampleRate } = preset(run.system)
  if (filterbank.kind === 'mel' || !hasLearned(run, 'filterbank')) return undefined
  const [first, second, toBands] = {
    gabor: ['center', 'sigma', gaborBands] as const,
    sinc: ['low', 'band', sincBands] as const,
    gammatone: ['center', 'bandwidth', gammatoneBands] as const,
    free: ['centerHz', 'bandwidthHz', (centers: Values, widths: Values) => ({ centers, widths })] as const,
  }[filterbank.kind]
  const [one, other] = [first, second].map((name) => learnedValues(run, 'filterbank', name))
  return {
    initial: toBands(one.initial, other.initial, sampleRate),
    learned: toBands(one.learned, other.learned, sampleRate),
  }
}

type Values = readonly number[]

/** rad/sample and samples; full width at half the amplitude, sampleRate · √(2 ln 2) / (π σ). */
function gaborBands(centers: Values, sigmas: Values, sampleRate: number): Bands {
  return {
    centers: centers.map((center) => (center * sampleRate) / (2 * Math.PI)),
    widths: sigmas.map((sigma) => (sampleRate * Math.sqrt(2 * Math.LN2)) / (Math.PI * sigma)),
  }
}

/** From edge to edge (leaf-audio `frontend.py`, `SincNet`). */
function sincBands(lows: Values, bands: Values, sampleRate: number): Bands {
  const lower = lows.map((low) => LEAST_HERTZ + Math.abs(low))
  const upper = lower.map((edge, n) => Math.min(edge + LEAST_HERTZ + Math.abs(bands[n]), sampleRate / 2))
  return {
    centers: lower.map((edge, n) => (edge + upper[n]) / 2),
    widths: lower.map((edge, n) => upper[n] - edge),
  }
}

/** Full width at half the amplitude of (1 + (Δf / b)²)^(-order / 2), order 4. */
function gammatoneBands(centers: Values, bandwidths: Values): Bands {
  const widthOverB = 2 * Math.sqrt(Math.SQRT2 - 1)
  return { centers, widths: bandwidths.map((bandwidth) => bandwidth * widthOverB) }
}
