import { type Filterbank, filterbankOf, geometryOf, parametersOf } from '../../../../src/frontend/index.ts'
import { frontendOf } from '../design/systems.ts'
import { hasLearned, learnedValues } from './learned-values.ts'
import type { GatheredRun } from './record-schema.ts'

/** Where filters lie and how wide they are, Hz, a value per channel. */
export interface Bands {
  readonly centers: readonly number[]
  readonly widths: readonly number[]
}

/**
 * A run's filters before and after, or nothing where the filterbank has nothing to learn.
 *
 * @throws LeafError `data-folder` naming what the run has not recorded.
 */
export function bandsOf(run: GatheredRun): { initial: Bands; learned: Bands } | undefined {
  if (!hasLearned(run, 'filterbank')) return undefined
  const frontend = frontendOf(run.system)
  const parameters = parametersOf(frontend, 'filterbank')
  if (parameters.some(({ values }) => values.length !== frontend.channels)) {
    // Of filters that are learned tap by tap or weight by weight, their bands are what is recorded.
    const [centers, widths] = ['centerHz', 'bandwidthHz'].map((name) =>
      learnedValues(run, 'filterbank', name),
    )
    return {
      initial: { centers: centers.initial, widths: widths.initial },
      learned: { centers: centers.learned, widths: widths.learned },
    }
  }
  const values = parameters.map(({ name }) => [name, learnedValues(run, 'filterbank', name)] as const)
  const at = (moment: 'initial' | 'learned'): Bands => {
    const numbers = Object.fromEntries(values.map(([name, recorded]) => [name, recorded[moment]]))
    const filterbank: Filterbank = { ...frontend.filterbank, ...numbers }
    const geometry = { ...geometryOf(frontend), channels: values[0][1][moment].length }
    const family = filterbankOf(filterbank)
    const centers = Array.from(family.centerFrequencies(filterbank, geometry))
    const widths = family.domain === 'time' ? Array.from(family.bandwidths(filterbank, geometry)) : []
    return { centers, widths }
  }
  return { initial: at('initial'), learned: at('learned') }
}
