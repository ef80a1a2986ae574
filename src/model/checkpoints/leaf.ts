import type { FrontendDescription } from '../../frontend/index.ts'
import { cannotHold } from './export-error.ts'
import { type Profile, paddings, type Sizes } from './layout.ts'

/** Constants of every LEAF that is read here: they stand in the libraries' code and not in their files. */
const ENERGY_FLOOR = 1e-5
const PCEN_FLOOR = 1e-12

/** The numbers of a LEAF, one per channel and in the units of a description. */
export interface LeafNumbers {
  /** rad/sample. */
  readonly center: readonly number[]
  /** Samples. */
  readonly sigma: readonly number[]
  /** Share of half the window. */
  readonly width: readonly number[]
  /** Added to the pooled energies. */
  readonly bias?: readonly number[]
  /** Absent: pooled energies as they are. */
  readonly pcen?: PcenNumbers
}

export const PCEN_PARAMETERS = ['alpha', 'delta', 'root', 'smooth'] as const

/** The exponent is 1 / root. */
export type PcenNumbers = Readonly<Record<(typeof PCEN_PARAMETERS)[number], readonly number[]>>

/** The description of a LEAF, not yet checked. */
export function leafDescription(
  { center, sigma, width, bias, pcen }: LeafNumbers,
  sizes: Sizes,
  profile: Profile,
): FrontendDescription {
  return {
    ...sizes,
    channels: center.length,
    filterbank: { kind: 'gabor', center, sigma },
    rectifier: 'squared-modulus',
    pooling: { kind: 'gaussian', width, ...(bias && { bias }) },
    energyFloor: ENERGY_FLOOR,
    compression: pcen ? { kind: 'pcen', ...pcen, floor: PCEN_FLOOR } : { kind: 'none' },
    alignment: { poolingLeft: paddings[profile](sizes) },
  }
}

/**
 * The numbers of a frontend that is a LEAF.
 *
 * @throws LeafError `arguments` where it has other parts.
 */
export function leafNumbers(frontend: FrontendDescription, library: string): LeafNumbers {
  const { filterbank, pooling, compression } = frontend
  if (filterbank.kind !== 'gabor') throw cannotHold(library, `filterbank ${filterbank.kind}`)
  if (pooling.kind !== 'gaussian') throw cannotHold(library, `pooling ${pooling.kind}`)
  if (compression.kind !== 'pcen' && compression.kind !== 'none')
    throw cannotHold(library, `compression ${compression.kind}`)
  return {
    center: filterbank.center,
    sigma: filterbank.sigma,
    width: pooling.width,
    bias: pooling.bias,
    pcen: compression.kind === 'pcen' ? compression : undefined,
  }
}
