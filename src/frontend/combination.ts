import { LeafError } from '../error.ts'
import type { CompressionDescription } from './compression/index.ts'
import { type Filterbank, filterbanks } from './filterbank/index.ts'
import type { Pooling } from './pooling/index.ts'
import type { Rectifier } from './rectifier.ts'

/** What of a frontend has to go together. */
interface Combination {
  readonly filterbank: Filterbank
  readonly rectifier: Rectifier
  readonly pooling: Pooling
  readonly energyFloor: number
  readonly compression: CompressionDescription
}

/** Refuses parts that are each valid but make no frontend together. @throws LeafError `description` naming both. */
export function checkCombination(frontend: Combination): void {
  const { filterbank, rectifier, pooling, compression, energyFloor } = frontend
  const inFrequency = filterbanks[filterbank.kind].domain === 'frequency'
  if (inFrequency !== (pooling.kind === 'none')) {
    refuse(
      `pooling.kind ${pooling.kind} does not go with filterbank.kind ${filterbank.kind}`,
      inFrequency ? 'Use none.' : 'Use gaussian, taps or max.',
    )
  }
  if (inFrequency && rectifier !== 'squared-modulus') {
    refuse(
      `rectifier ${rectifier} does not go with filterbank.kind ${filterbank.kind}, which yields powers`,
      'Use squared-modulus.',
    )
  }
  if (energyFloor > 0 || (compression.kind !== 'pcen' && compression.kind !== 'log')) return
  const culprit = maybeNegative(frontend)
  if (culprit !== null) {
    refuse(
      `compression.kind ${compression.kind} takes no energies below 0, which ${culprit} can yield`,
      'Give an energyFloor above 0.',
    )
  }
  if (compression.kind === 'pcen' && compression.floor === 0) {
    refuse(
      'compression.floor and energyFloor are both 0, so that silence is divided by nothing',
      'Give one of them above 0.',
    )
  }
}

/** The key through which a pooled energy can be negative, or null. */
function maybeNegative({ filterbank, rectifier, pooling }: Combination): string | null {
  if (filterbank.kind === 'mel') return null
  if (rectifier !== 'squared-modulus') return `rectifier ${rectifier}`
  if (pooling.kind === 'taps') return 'pooling.taps'
  return pooling.kind === 'gaussian' && pooling.bias ? 'pooling.bias' : null
}

function refuse(problem: string, remedy: string): never {
  throw new LeafError('description', `The frontend description is not valid: ${problem}.`, remedy)
}
