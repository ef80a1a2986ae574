import { filterbankOf, geometryOf, preset } from '../../src/frontend/index.ts'
import { type Fields, flatbuffer } from './flatbuffer.ts'
import { seeded } from './tiny-model.ts'

const FRAMES = 12
const CHANNELS = 8
const FILTERS = 3
const WIDE = 5
export const TINY_LABELS = ['Beep', 'Hum, drone']

/** What of a tiny YAMNet can be wrong. */
export interface TinyChanges {
  /** Factor of the mel filters. */
  readonly mel?: number
  /** Code of the first convolution's activation. */
  readonly activation?: number
  readonly meanAxes?: readonly number[]
  readonly zeroPoint?: number
  /** Scales of the pointwise kernel. */
  readonly scales?: number
}

/** The numbers of a tiny YAMNet, as tf.layers lays them out. */
export interface TinyYamnet {
  /** The .tflite file. */
  readonly bytes: Uint8Array
  readonly weights: Readonly<Record<string, { shape: number[]; values: Float32Array }>>
}

/**
 * YAMNet in miniature, as TensorFlow Lite stores it: a mel matrix in int8, a float convolution, a depthwise and a
 * pointwise one in int8 with a scale per channel, mean, dense in int8 with one scale, sigmoid.
 */
export function tinyYamnet(changes: TinyChanges = {}): TinyYamnet {
  const random = seeded(5)
  const floats = (count: number) => Float32Array.from({ length: count }, random)
  const bytes = (count: number) => Int8Array.from({ length: count }, () => Math.round(random() * 127))
  const scales = (count: number) => Float32Array.from({ length: count }, () => 0.01 + 0.005 * (1 + random()))

  const conv = { kernel: floats(FILTERS * 9), bias: floats(FILTERS) }
  const deep = { kernel: bytes(9 * FILTERS), scales: scales(FILTERS), bias: floats(FILTERS) }
  const point = { kernel: bytes(WIDE * FILTERS), scales: scales(changes.scales ?? WIDE), bias: floats(WIDE) }
  const dense = {
    kernel: bytes(TINY_LABELS.length * WIDE),
    scales: scales(1),
    bias: floats(TINY_LABELS.length),
  }

  const buffers: Fields[] = [{}]
  const tensors: Fields[] = []
  const add = (
    shape: number[],
    type: number,
    data?: ArrayBufferView<ArrayBuffer>,
    more: Fields = {},
  ): number => {
    if (data) buffers.push({ 0: { bytes: new Uint8Array(data.buffer) } })
    const buffer = data ? buffers.length - 1 : 0
    tensors.push({
      0: { ints: shape },
      1: { int8: type },
      2: { int32: buffer },
      3: { text: `tensor ${tensors.length}` },
      ...more,
    })
    return tensors.length - 1
  }
  const float = (shape: number[], data?: Float32Array<ArrayBuffer>) => add(shape, 0, data)
  const int8 = (shape: number[], data: Int8Array<ArrayBuffer>, scale: Float32Array, axis: number) =>
    add(shape, 9, data, {
      4: {
        table: {
          2: { floats: [...scale] },
          3: { longs: [...scale].map(() => changes.zeroPoint ?? 0) },
          6: { int32: axis },
        },
      },
    })

  const codes = [9, 3, 4, 40, 14]
  const operators: Fields[] = []
  const operator = (code: number, inputs: number[], output: number, options?: Fields) => {
    const call: Fields = { 0: { int32: codes.indexOf(code) }, 1: { ints: inputs }, 2: { ints: [output] } }
    operators.push(options ? { ...call, 4: { table: options } } : call)
    return output
  }
  const stride = (size: number): Fields => ({ 1: { int32: size }, 2: { int32: size } })
  const features = float([1, FRAMES, CHANNELS, 1])
  const mel = melMatrix(changes.mel ?? 1)
  int8([CHANNELS, 257], mel.integers, Float32Array.of(mel.scale), 0)
  let last = operator(
    3,
    [features, float([FILTERS, 3, 3, 1], conv.kernel), float([FILTERS], conv.bias)],
    float([1, 6, 4, FILTERS]),
    { ...stride(2), 3: { int8: changes.activation ?? 1 } },
  )
  last = operator(
    4,
    [last, int8([1, 3, 3, FILTERS], deep.kernel, deep.scales, 3), float([FILTERS], deep.bias)],
    float([1, 6, 4, FILTERS]),
    { ...stride(1), 3: { int32: 1 }, 4: { int8: 1 } },
  )
  last = operator(
    3,
    [last, int8([WIDE, 1, 1, FILTERS], point.kernel, point.scales, 0), float([WIDE], point.bias)],
    float([1, 6, 4, WIDE]),
    { ...stride(1), 3: { int8: 1 } },
  )
  const axes = add([2], 2, Int32Array.from(changes.meanAxes ?? [1, 2]))
  last = operator(40, [last, axes], float([1, WIDE]))
  last = operator(
    9,
    [
      last,
      int8([TINY_LABELS.length, WIDE], dense.kernel, dense.scales, 0),
      float([TINY_LABELS.length], dense.bias),
    ],
    float([1, TINY_LABELS.length]),
    {},
  )
  last = operator(14, [last], float([1, TINY_LABELS.length]))

  const graph = {
    0: { tables: tensors },
    1: { ints: [features] },
    2: { ints: [last] },
    3: { tables: operators },
  }
  const model = {
    0: { int32: 3 },
    1: { tables: codes.map((code) => ({ 0: { int8: code }, 3: { int32: code } })) },
    2: { tables: [graph] },
    4: { tables: buffers },
  }
  const weights = {
    'layer1/kernel': { shape: [3, 3, 1, FILTERS], values: turned(conv.kernel, FILTERS) },
    'layer1/bias': { shape: [FILTERS], values: conv.bias },
    'layer2_depthwise/depthwise_kernel': {
      shape: [3, 3, FILTERS, 1],
      values: Float32Array.from(deep.kernel, (value, i) => value * deep.scales[i % FILTERS]),
    },
    'layer2_depthwise/bias': { shape: [FILTERS], values: deep.bias },
    'layer2_pointwise/kernel': {
      shape: [1, 1, FILTERS, WIDE],
      values: turned(
        Float32Array.from(point.kernel, (value, i) => value * point.scales[Math.floor(i / FILTERS)]),
        WIDE,
      ),
    },
    'layer2_pointwise/bias': { shape: [WIDE], values: point.bias },
    'dense/kernel': {
      shape: [WIDE, TINY_LABELS.length],
      values: turned(
        Float32Array.from(dense.kernel, (value) => value * dense.scales[0]),
        TINY_LABELS.length,
      ),
    },
    'dense/bias': { shape: [TINY_LABELS.length], values: dense.bias },
  }
  return { bytes: flatbuffer(model, 'TFL3'), weights }
}

/** [outputs, inputs] → [inputs, outputs]. */
function turned(values: Float32Array, outputs: number): Float32Array {
  const inputs = values.length / outputs
  const result = new Float32Array(values.length)
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++) result[i * outputs + o] = values[o * inputs + i]
  return result
}

function melMatrix(factor: number): { integers: Int8Array<ArrayBuffer>; scale: number } {
  const frontend = preset('yamnet', { channels: CHANNELS })
  const family = filterbankOf(frontend.filterbank)
  if (family.domain !== 'frequency') throw new Error('not mel')
  const rows = family.matrix(frontend.filterbank, geometryOf(frontend))
  const weights = rows.flatMap((row) => [...row])
  return { integers: Int8Array.from(weights, (weight) => Math.round(weight * 127)), scale: factor / 127 }
}
