import { windowLengthOf } from '../../frontend/index.ts'
import { cannotHold } from './export-error.ts'
import { float32, type Layout, placesOf, type Sizes } from './layout.ts'
import { leafDescription, leafNumbers, type PcenNumbers } from './leaf.ts'
import type { Scope } from './scope.ts'

const FILTERS = ['filterbank.center_freqs', 'filterbank.bandwidths', 'filterbank.pooling_widths'] as const
const PCEN = ['compression.alpha', 'compression.delta', 'compression.r', 'compression.s'] as const
const MEDIAN = 'LogTBN, which subtracts the median of the whole sound,'
const LOG_TBN = { 'compression.log1p.a': MEDIAN, 'compression.TBN.bn.weight': MEDIAN }

const LIBRARY = 'EfficientLEAF leaf.Leaf'

/**
 * CPJKU/EfficientLEAF `model/leaf.py` with PCEN; its networks have it under `_frontend.`. Bandwidths are sigmas in
 * samples. PCEN's numbers are as everywhere, or with `learn_logs` the logarithms of s, alpha, delta and 1 / root.
 */
export const efficientleaf: Layout = {
  name: 'efficientleaf',
  library: LIBRARY,
  profile: 'pytorch',
  container: 'safetensors',
  find: (tensors) => placesOf(tensors, [...FILTERS, ...PCEN, ...Object.keys(LOG_TBN)]),

  read(scope, sizes) {
    scope.without(LOG_TBN)
    const center = scope.take('filterbank.center_freqs', [null]).values
    const sigma = scope.perChannel('filterbank.bandwidths', center.length)
    const width = scope.perChannel('filterbank.pooling_widths', center.length)
    const { pcen, logarithms } = readPcen(scope, center.length)
    scope.nothingLeftIn(['filterbank', 'compression'])
    const notes = ['A grouped EfficientLeaf has the same names but other gains, and cannot be told apart.']
    if (logarithms) notes.push('PCEN was learned as logarithms: most of s are below 0.')
    return {
      description: leafDescription({ center, sigma, width, pcen }, oddWindow(sizes), 'pytorch'),
      unclipped: logarithms
        ? ['compression.smooth', 'compression.alpha', 'compression.root']
        : ['compression.smooth'],
      notes,
    }
  },

  write(frontend) {
    const { center, sigma, width, bias, pcen } = leafNumbers(frontend, LIBRARY)
    if (bias?.some((value) => value !== 0)) throw cannotHold(LIBRARY, 'pooling bias')
    if (!pcen) throw cannotHold(LIBRARY, 'compression none')
    const values = [center, sigma, width, pcen.alpha, pcen.delta, pcen.root, pcen.smooth]
    return [...FILTERS, ...PCEN].map((name, i) => [name, float32([center.length], values[i])] as const)
  },
}

function readPcen(scope: Scope, channels: number): { pcen: PcenNumbers; logarithms: boolean } {
  const [alpha, delta, root, smooth] = PCEN.map((name) => scope.perChannel(name, channels))
  const logarithms = smooth.filter((value) => value < 0).length > channels / 2
  if (!logarithms) return { pcen: { alpha, delta, root, smooth }, logarithms }
  const exp = (values: readonly number[]) => values.map(Math.exp)
  const pcen = { alpha: exp(alpha), delta: exp(delta), root: exp(root.map((r) => -r)), smooth: exp(smooth) }
  return { pcen, logarithms }
}

/** EfficientLEAF's windows have an odd number of samples: where others' are even, one fewer. */
function oddWindow(sizes: Sizes): Sizes {
  const { sampleRate, windowMs } = sizes
  const samples = windowLengthOf(sampleRate, windowMs)
  if (samples % 2 === 1) return sizes
  // Half a sample above what makes one fewer, out of reach of rounding.
  return { ...sizes, windowMs: ((samples - 1.5) * 1000) / sampleRate }
}
