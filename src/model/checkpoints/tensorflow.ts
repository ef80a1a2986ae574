import { type FrontendDescription, type PresetName, preset } from '../../frontend/index.ts'
import { cannotHold } from './export-error.ts'
import { float32, type Layout, type NamedTensors, paddings, type Sizes } from './layout.ts'
import { leafDescription, PCEN_PARAMETERS, type PcenNumbers } from './leaf.ts'
import type { Scope } from './scope.ts'
import { isFrontendVariable, TensorflowWeights } from './tensorflow-weights.ts'
import { checkWindow } from './window.ts'

const LIBRARY = 'leaf-audio (TensorFlow)'

/** A kernel with a larger value holds edges in Hz: no centre in rad/sample comes near. */
const LARGEST_CENTER = 2 * Math.PI
/** PCEN's floor where it is not LEAF's, and the epsilon of layer normalisation: defaults of the official layers. */
const PCEN_FLOOR = 1e-6
const LAYER_NORM_EPSILON = 1e-3

/**
 * google-research/leaf-audio: LEAF, SincNet, SincNet+, the time-domain filterbank, or mel with PCEN, by what is there.
 * Names are those of variables (`…/kernel:0`) or of an object graph (`…/_kernel/.ATTRIBUTES/VARIABLE_VALUE`).
 */
export const tensorflow: Layout = {
  name: 'tensorflow',
  library: LIBRARY,
  profile: 'tensorflow',
  container: 'npz',

  find(tensors) {
    const shapes = [...tensors].map(([name, { shape }]) => [name, shape] as const)
    return [{ prefix: '', found: new TensorflowWeights(shapes).size }]
  },

  read(scope, sizes) {
    // Their shapes tell what they are: one without would be left out, and the rest be another frontend.
    scope.requireReadable(isFrontendVariable)
    const weights = new TensorflowWeights(scope.shapes())
    weights.onlyKnown()
    const description = weights.has('filters')
      ? readKernel(weights, scope, sizes)
      : weights.has('taps')
        ? readTimeDomain(weights, scope, sizes)
        : readMel(weights, scope, sizes)
    return { description, unclipped: ['compression.delta', 'filterbank.low'], notes: [] }
  },

  write(frontend) {
    return [...writeFilterbank(frontend), ...writePooling(frontend), ...writeCompression(frontend)]
  },
}

/** LEAF, SincNet or SincNet+. */
function readKernel(weights: TensorflowWeights, scope: Scope, sizes: Sizes): FrontendDescription {
  const kernel = scope.take(weights.name('filters'), [null, 2])
  const [channels] = kernel.shape
  const first = kernel.values.filter((_, i) => i % 2 === 0)
  const second = kernel.values.filter((_, i) => i % 2 === 1)
  const readWidth = () => scope.take(weights.name('width'), [1, 1, channels, 1]).values
  if (first.every((value) => Math.abs(value) <= LARGEST_CENTER)) {
    const pcen = hasPcen(weights) ? readPcen(weights, scope, channels) : undefined
    const numbers = { center: first, sigma: second, width: readWidth(), pcen }
    return leafDescription(numbers, sizes, 'tensorflow')
  }
  const filterbank = { kind: 'sinc', low: first, band: second } as const
  if (weights.has('gamma') && !weights.has('width')) {
    const [gamma, beta] = (['gamma', 'beta'] as const).map((role) =>
      scope.perChannel(weights.name(role), channels),
    )
    const compression = { kind: 'layer-norm', gamma, beta, epsilon: LAYER_NORM_EPSILON } as const
    return { ...start('sincnet', channels, sizes), filterbank, compression }
  }
  const pooling = { kind: 'gaussian', width: readWidth() } as const
  const compression = { kind: 'pcen', ...readPcen(weights, scope, channels), floor: PCEN_FLOOR } as const
  return { ...start('sincnet-plus', channels, sizes), filterbank, pooling, compression }
}

function readTimeDomain(weights: TensorflowWeights, scope: Scope, sizes: Sizes): FrontendDescription {
  const name = weights.name('taps')
  const {
    shape: [length, , rows],
    values,
  } = scope.take(name, [null, 1, null])
  checkWindow(name, length, sizes)
  const taps = scope.take(weights.name('window'), [1, length, 1, 1]).values
  const channels = rows / 2
  const row = (column: number) => Array.from({ length }, (_, k) => values[k * rows + column])
  const real = Array.from({ length: channels }, (_, n) => row(2 * n))
  const imaginary = Array.from({ length: channels }, (_, n) => row(2 * n + 1))
  const description = start('time-domain', 1, sizes)
  const pcen = hasPcen(weights) && readPcen(weights, scope, channels)
  return {
    ...description,
    channels,
    filterbank: { kind: 'free', real, imaginary },
    pooling: { kind: 'taps', taps },
    compression: pcen ? { kind: 'pcen', ...pcen, floor: PCEN_FLOOR } : description.compression,
    alignment: { poolingLeft: 0, partialFrames: false },
  }
}

function readMel(weights: TensorflowWeights, scope: Scope, sizes: Sizes): FrontendDescription {
  const pcen = readPcen(weights, scope, null)
  const mel = start('mel-pcen', pcen.alpha.length, sizes)
  return { ...mel, compression: { kind: 'pcen', ...pcen, floor: PCEN_FLOOR } }
}

function hasPcen(weights: TensorflowWeights): boolean {
  return PCEN_PARAMETERS.some((role) => weights.has(role))
}

/** @param channels null for as many as alpha has */
function readPcen(weights: TensorflowWeights, scope: Scope, channels: number | null): PcenNumbers {
  const alpha = scope.take(weights.name('alpha'), [channels]).values
  const count = alpha.length
  const [delta, root] = (['delta', 'root'] as const).map((role) =>
    scope.perChannel(weights.name(role), count),
  )
  if (weights.has('smooth') || !weights.has('fixedKeep'))
    return { alpha, delta, root, smooth: scope.perChannel(weights.name('smooth'), count) }
  const { values } = scope.take(weights.name('fixedSmooth'), [count, count])
  scope.take(weights.name('fixedKeep'), [count, count])
  return { alpha, delta, root, smooth: alpha.map((_, n) => values[n * (count + 1)]) }
}

/** A system of the paper for the sizes given, on TensorFlow's frame grid. */
function start(name: PresetName, channels: number, sizes: Sizes): FrontendDescription {
  const { sampleRate } = sizes
  const alignment = { poolingLeft: paddings.tensorflow(sizes) }
  return { ...preset(name, { channels, sampleRate }), ...sizes, alignment }
}

function writeFilterbank({ filterbank }: FrontendDescription): NamedTensors {
  switch (filterbank.kind) {
    case 'gabor':
    case 'sinc': {
      const [first, second] =
        filterbank.kind === 'gabor'
          ? [filterbank.center, filterbank.sigma]
          : [filterbank.low, filterbank.band]
      const kernel = first.flatMap((value, n) => [value, second[n]])
      return [['kernel:0', float32([first.length, 2], kernel)]]
    }
    case 'free': {
      const { real, imaginary } = filterbank
      const taps = real[0].flatMap((_, k) => real.flatMap((row, n) => [row[k], imaginary[n][k]]))
      return [['tfbanks_complex_conv/kernel:0', float32([real[0].length, 1, 2 * real.length], taps)]]
    }
    case 'mel':
      return []
    default:
      throw cannotHold(LIBRARY, `filterbank ${filterbank.kind}`)
  }
}

function writePooling({ pooling }: FrontendDescription): NamedTensors {
  const { kind } = pooling
  if (pooling.kind === 'taps')
    return [['leaf/learnable_pooling/pool/kernel:0', float32([1, pooling.taps.length, 1, 1], pooling.taps)]]
  if (pooling.kind === 'max' || pooling.kind === 'none') return []
  if (pooling.kind !== 'gaussian') throw cannotHold(LIBRARY, `pooling ${kind}`)
  if (pooling.bias?.some((value) => value !== 0)) throw cannotHold(LIBRARY, 'pooling bias')
  return [['leaf/learnable_pooling/kernel:0', float32([1, 1, pooling.width.length, 1], pooling.width)]]
}

function writeCompression({ compression, channels, filterbank }: FrontendDescription): NamedTensors {
  if (compression.kind === 'layer-norm') {
    return (['gamma', 'beta'] as const).map((key) => [
      `leaf/layer_normalization/${key}:0`,
      float32([channels], compression[key]),
    ])
  }
  if (compression.kind === 'none' || (compression.kind === 'log' && filterbank.kind === 'free')) return []
  if (compression.kind !== 'pcen') throw cannotHold(LIBRARY, `compression ${compression.kind}`)
  return PCEN_PARAMETERS.map((key) => [
    key === 'smooth' ? 'leaf/PCEN/EMA/smooth:0' : `leaf/PCEN/${key}:0`,
    float32([channels], compression[key]),
  ])
}
