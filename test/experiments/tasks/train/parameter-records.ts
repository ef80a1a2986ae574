import {
  channelWindows,
  type FrontendDescription,
  frequencyResponses,
  geometryOf,
  partNames,
} from '../../../../src/frontend/index.ts'
import type { BatchFrontend, BatchParameter } from '../../../../src/gradient/index.ts'
import type { ParameterRecord } from '../design/run-record.ts'

/** A frontend's numbers at one moment. */
export type ParameterValues = readonly (Pick<BatchParameter, 'part' | 'name'> & {
  readonly values: readonly number[]
})[]

/**
 * The numbers of a frontend as a run records them: as they are, but of filters and windows that are learned tap by
 * tap, or weight by weight, only where they lie and how wide they are.
 */
export function parameterValues(frontend: BatchFrontend): ParameterValues {
  const description = frontend.describe()
  return partNames.flatMap((part) => {
    const parameters = frontend.parameters.filter((parameter) => parameter.part === part)
    const isTapByTap = parameters.some(({ values }) => values.length !== frontend.channels)
    if (isTapByTap && part === 'filterbank') return bands(description)
    if (isTapByTap && part === 'pooling')
      return spread(channelWindows(description, geometryOf(description))![0])
    return parameters.map(({ name, values }) => ({ part, name, values: [...values] }))
  })
}

/** Before and after, rounded. */
export function parameterRecords(initial: ParameterValues, learned: ParameterValues): ParameterRecord[] {
  return initial.map(({ part, name, values }, i) => ({
    part,
    name,
    initial: values.map(sixDigits),
    learned: learned[i].values.map(sixDigits),
  }))
}

const sixDigits = (value: number) => Number(value.toPrecision(6))

/** Mean and twice the standard deviation, in Hz, of each filter's power from 0 to half the sample rate. */
function bands(description: FrontendDescription): ParameterValues {
  const { frequencies, powers } = frequencyResponses(description)
  const each = powers.map((row) => moments([...row]))
  return [
    { part: 'filterbank', name: 'centerHz', values: each.map(({ mean }) => mean * frequencies[1]) },
    {
      part: 'filterbank',
      name: 'bandwidthHz',
      values: each.map(({ deviation }) => 2 * deviation * frequencies[1]),
    },
  ]
}

/** Mean and standard deviation, in samples, of a pooling window. */
function spread(taps: Float64Array): ParameterValues {
  const { mean, deviation } = moments([...taps].map(Math.abs))
  return [
    { part: 'pooling', name: 'centerSamples', values: [mean] },
    { part: 'pooling', name: 'deviationSamples', values: [deviation] },
  ]
}

function moments(weights: readonly number[]): { mean: number; deviation: number } {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = weights.reduce((sum, weight, i) => sum + weight * i, 0) / total
  const variance = weights.reduce((sum, weight, i) => sum + weight * (i - mean) ** 2, 0) / total
  return { mean, deviation: Math.sqrt(variance) }
}
