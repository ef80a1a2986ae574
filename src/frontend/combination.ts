import { LeafError } from '../error.ts'
import { type Compression, compressionOf } from './compression/index.ts'
import { type Filterbank, filterbankOf } from './filterbank/index.ts'
import { type Pooling, poolingOf, poolings } from './pooling/index.ts'
import { type Rectifier, slopeBelowZero } from './rectifier.ts'

/** What of a frontend has to go together. */
interface Combination {
  readonly filterbank: Filterbank
  readonly rectifier: Rectifier
  readonly pooling: Pooling
  readonly energyFloor: number
  readonly compression: Compression
}

/** Refuses parts that are each valid but make no frontend together. @throws LeafError `description` naming both. */
export function checkCombination(frontend: Combination): void {
  const { filterbank, rectifier, pooling, compression, energyFloor } = frontend
  const { domain } = filterbankOf(filterbank)
  if ((domain === 'time') === isUnpooled(pooling)) {
    const kinds = Object.values(poolings).filter(({ method }) => (method === 'none') === (domain !== 'time'))
    refuse(
      `pooling.kind ${pooling.kind} does not go with filterbank.kind ${filterbank.kind}`,
      `Choose one of ${kinds.map(({ kind }) => kind).join(', ')}.`,
    )
  }
  if (domain === 'frequency' && slopeBelowZero(rectifier) !== null) {
    refuse(
      `rectifier ${rectifier} does not go with filterbank.kind ${filterbank.kind}, which weighs a spectrum`,
      'Use squared-modulus or modulus.',
    )
  }
  // The engine's filters on the waveform have no square root.
  if (domain === 'time' && rectifier === 'modulus') {
    refuse(
      `rectifier modulus does not go with filterbank.kind ${filterbank.kind}, which filters the waveform`,
      'Use squared-modulus, leaky-relu, relu or none.',
    )
  }
  if (domain === 'samples' && !(rectifier === 'none' && energyFloor === 0 && compression.kind === 'none')) {
    refuse(
      `filterbank.kind ${filterbank.kind} gives samples as they are`,
      'Use rectifier none, energyFloor 0 and compression.kind none.',
    )
  }
  const family = compressionOf(compression)
  const culprit = family.nonNegative && energyFloor === 0 ? maybeNegative(frontend) : null
  if (culprit !== null) {
    refuse(
      `compression.kind ${compression.kind} takes no energies below 0, which ${culprit} can yield`,
      'Give an energyFloor above 0.',
    )
  }
  const refusal = family.refusal?.(compression, energyFloor)
  if (refusal) refuse(...refusal)
}

function isUnpooled(pooling: Pooling): boolean {
  return poolingOf(pooling).method === 'none'
}

/** The key through which a pooled energy can be negative, or null. */
function maybeNegative({ filterbank, rectifier, pooling }: Combination): string | null {
  if (filterbankOf(filterbank).domain === 'frequency') return null
  if (slopeBelowZero(rectifier)) return `rectifier ${rectifier}`
  const family = poolingOf(pooling)
  return family.method === 'window' ? family.maybeNegative(pooling) : null
}

function refuse(problem: string, remedy: string): never {
  throw new LeafError('description', `The frontend description is not valid: ${problem}.`, remedy)
}
