import { checkpointError } from './checkpoint-error.ts'
import { type Layout, placesOf } from './layout.ts'
import type { Scope } from './scope.ts'
import { checkWindow } from './window.ts'

const FILTERS = 'complex_conv.weight'
const WINDOWS = 'lowpass.weight'
const PREEMPHASIS = 'preemp.weight'
/** The least there is: the library has none, and log(energy + 1) does not see it. */
const ENERGY_FLOOR = 1e-12

/**
 * facebookresearch/tdfbanks: free filters, a window per channel which has to be the same for all, log(energy + 1),
 * and only frames whose window lies inside the sound.
 */
export const tdfbanks: Layout = {
  name: 'tdfbanks',
  library: 'tdfbanks',
  profile: 'pytorch',
  container: 'safetensors',
  find: (tensors) => placesOf(tensors, [FILTERS, WINDOWS, PREEMPHASIS]),

  read(scope, sizes) {
    scope.without({ [PREEMPHASIS]: 'a pre-emphasis' })
    const { shape, values } = scope.take(FILTERS, [null, 1, null])
    const [rows, , length] = shape
    checkWindow(scope.prefix + FILTERS, length, sizes)
    const row = (i: number) => values.slice(i * length, (i + 1) * length)
    const channels = Math.floor(rows / 2)
    const every = Array.from({ length: channels }, (_, n) => n)
    const taps = readWindow(scope, channels, length)
    scope.nothingLeftIn(['complex_conv', 'lowpass', 'instancenorm'])
    return {
      description: {
        ...sizes,
        channels,
        filterbank: {
          kind: 'free',
          real: every.map((n) => row(2 * n)),
          imaginary: every.map((n) => row(2 * n + 1)),
        },
        rectifier: 'squared-modulus',
        pooling: { kind: 'taps', taps },
        energyFloor: ENERGY_FLOOR,
        compression: { kind: 'log', offset: 1 },
        alignment: { poolingLeft: 0, partialFrames: false },
      },
      unclipped: [],
      notes: ['Its options mvn and compression are not in the file: taken as off and log.'],
    }
  },
}

/** The window that all channels share. */
function readWindow(scope: Scope, channels: number, length: number): readonly number[] {
  const { values } = scope.take(WINDOWS, [channels, 1, length])
  const first = values.slice(0, length)
  if (values.every((value, i) => value === first[i % length])) return first
  throw checkpointError(
    `tensor ${JSON.stringify(scope.prefix + WINDOWS)} has windows that differ between channels, where frontends here have one for all`,
    'Train with the low-pass fixed, as in its mode learnfbanks.',
  )
}
