import { preset } from '../../frontend/index.ts'
import { type Layout, paddings, placesOf } from './layout.ts'
import type { Scope } from './scope.ts'
import { checkWindow } from './window.ts'

const EDGES = ['low_hz_', 'band_hz_'] as const
/** As first published: shares of the sample rate. */
const OLD_EDGES = ['filt_b1', 'filt_band'] as const
/** Times of the taps of half a filter, where the library stores them. */
const HALF = 'n_'

/**
 * SincNet (mravanelli `SincConv_fast` and its first version, SpeechBrain `SincConv`): the raw edges of its first
 * layer. What follows that layer there is no frontend's business, so that the rest is the preset sincnet.
 */
export const sincnet: Layout = {
  name: 'sincnet',
  library: 'SincNet',
  profile: 'tensorflow',
  container: 'safetensors',
  find: (tensors) => [...placesOf(tensors, EDGES), ...placesOf(tensors, OLD_EDGES)],

  read(scope, sizes) {
    const { sampleRate } = sizes
    const [low, band] = readEdges(scope, sampleRate)
    const half = scope.shapes().find(([name]) => name === HALF)
    if (half)
      checkWindow(scope.prefix + HALF, 2 * half[1].reduce((product, size) => product * size, 1) + 1, sizes)
    return {
      description: {
        ...preset('sincnet', { channels: low.length, sampleRate }),
        ...sizes,
        filterbank: { kind: 'sinc', low, band },
        alignment: { poolingLeft: paddings.tensorflow(sizes) },
      },
      unclipped: ['filterbank.low'],
      notes: [
        'Only the edges of the filters come from this file: rectifier, pooling and normalisation are those of the preset sincnet, and features differ from what this network sees.',
      ],
    }
  },
}

/** Raw edges in Hz, low and band. */
function readEdges(scope: Scope, sampleRate: number): readonly (readonly number[])[] {
  if (scope.has(OLD_EDGES[0])) {
    const shares = OLD_EDGES.map((name) => scope.take(name, [null]).values)
    return shares.map((values) => values.map((share) => share * sampleRate))
  }
  const low = scope.take(EDGES[0], [null, 1]).values
  return [low, scope.take(EDGES[1], [low.length, 1]).values]
}
