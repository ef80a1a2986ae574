import { checkShape, copyTensor } from './container.ts'
import { fromFloat16, toFloat16 } from './float16.ts'
import { modelError } from './model-error.ts'
import type { StoredTensor, WrittenTensor } from './safetensors.ts'
import type { WeightShape } from './topology.ts'

/** One weight of the classifier, row-major, named `layer/weight` as tf.layers names it. */
export interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
  /** How it lies in the file, which has to hold its values exactly; as float32 where left out. */
  readonly storage?: WeightStorage
}

/** How a weight is written in a file, where it is not as float32. */
export type WeightStorage = { readonly type: 'float16' } | Int8Storage

/** Whole numbers from -128 to 127 times a scale: one for all, or one per place along one axis (an output channel). */
export interface Int8Storage {
  readonly type: 'int8'
  readonly scales: {
    /** As long as the weight's, with 1 for every axis but that of the scales. */
    readonly shape: readonly number[]
    /** Above 0. */
    readonly values: Float32Array
  }
}

/** A scale has to be above 0; at this one no product loses bits, and no weight is as small. Chosen, not fitted. */
const LEAST_SCALE = 2 ** -100

/** What is behind the name of an int8 tensor in that of its scales. */
const SCALES = '/scale'

/**
 * The nearest weights that int8 holds with a scale for each output of their layer; they take a quarter of the room in a
 * file. What was rounded so before stays as it is.
 */
export function inInt8({ name, shape, values }: Weight): Weight {
  // Of a depthwise kernel [rows, columns, inputs, outputs of each] every input has filters of its own.
  const axis = shape.length - (name.endsWith('/depthwise_kernel') ? 2 : 1)
  const largest = new Float32Array(shape[axis])
  const sizes = shape.map((size, each) => (each === axis ? size : 1))
  const place = placesAlong(sizes, shape)
  values.forEach((value, i) => {
    largest[place(i)] = Math.max(largest[place(i)], Math.abs(value))
  })
  const scales = largest.map((most) => Math.max(most / 127, LEAST_SCALE))
  return {
    name,
    shape,
    // Int8 has no -0, and adding 0 leaves none.
    values: values.map((value, i) => Math.round(value / scales[place(i)]) * scales[place(i)] + 0),
    storage: { type: 'int8', scales: { shape: sizes, values: scales } },
  }
}

/** Weights of which kernels that int8 holds exactly are stored so, unless they have a storage of their own. */
export function inInt8WhereExact(weights: readonly Weight[]): Weight[] {
  return weights.map((weight) => {
    if (weight.storage || weight.shape.length < 2) return weight
    const small = inInt8(weight)
    return small.values.every((value, i) => value === weight.values[i]) ? small : weight
  })
}

/**
 * The weights that a topology asks for, float32, float16 or int8 with scales; of any other tensor it is said that nobody
 * asks for it.
 *
 * @throws LeafError `model-file` naming the tensor that is wrong.
 */
export function readWeights(
  tensors: ReadonlyMap<string, StoredTensor>,
  wanted: readonly WeightShape[],
): Weight[] {
  for (const { name, shape } of wanted) checkShape(tensors, 'classifier', name, shape)
  const asked = new Set(wanted.map(({ name }) => name))
  for (const { name } of wanted) if (tensors.get(name)!.dtype === 'I8') asked.add(name + SCALES)
  for (const name of tensors.keys()) {
    if (!asked.has(name)) throw modelError(`tensor "classifier.${name}"`, 'is not asked for by the topology')
  }
  return wanted.map((weight) => readWeight(tensors, weight))
}

function readWeight(tensors: ReadonlyMap<string, StoredTensor>, { name, shape }: WeightShape): Weight {
  const field = `tensor "classifier.${name}"`
  const tensor = tensors.get(name)!
  const values = copyTensor(tensor, field, ['F32', 'F16', 'I8']).values as Float32Array
  if (tensor.dtype === 'F32') return { name, shape, values }
  if (tensor.dtype === 'F16') return { name, shape, values, storage: { type: 'float16' } }
  const scales = readScales(tensors.get(name + SCALES), shape, `tensor "classifier.${name}${SCALES}"`)
  const scaleAt = scalesAlong(scales, shape)
  return {
    name,
    shape,
    values: values.map((value, i) => value * scaleAt(i)),
    storage: { type: 'int8', scales },
  }
}

function readScales(
  tensor: StoredTensor | undefined,
  shape: readonly number[],
  field: string,
): Int8Storage['scales'] {
  if (tensor === undefined) throw modelError(field, 'is missing')
  checkScales(tensor.shape, shape, field)
  const scales = copyTensor(tensor, field, ['F32'])
  const bad = scales.values.findIndex((scale) => !(scale > 0))
  if (bad >= 0) throw modelError(field, `has ${scales.values[bad]} at place ${bad}, which is not above 0`)
  return { shape: scales.shape, values: scales.values as Float32Array }
}

function checkScales(scales: readonly number[], shape: readonly number[], field: string): void {
  const along = scales.filter((size) => size !== 1).length
  const fits = scales.length === shape.length && scales.every((size, i) => size === 1 || size === shape[i])
  if (!fits || along > 1) {
    throw modelError(
      `${field} shape`,
      `is [${scales.join(', ')}]: of [${shape.join(', ')}] all sizes but one have to be 1`,
    )
  }
}

/** The scale of each place of a row-major tensor. */
function scalesAlong({ shape: sizes, values }: Int8Storage['scales'], shape: readonly number[]) {
  const place = placesAlong(sizes, shape)
  return (i: number) => values[place(i)]
}

/** The place among `sizes`, of which all but one are 1, of each place of a row-major tensor. */
function placesAlong(sizes: readonly number[], shape: readonly number[]) {
  const axis = sizes.findIndex((size) => size !== 1)
  if (axis < 0) return () => 0
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  return (i: number) => Math.floor(i / inner) % sizes[axis]
}

/**
 * The tensors in which a weight is written.
 *
 * @throws LeafError `model-file` naming a value that its storage does not hold.
 */
export function weightTensors({ name, shape, values, storage }: Weight): [string, WrittenTensor][] {
  const field = `tensor "classifier.${name}"`
  switch (storage?.type) {
    case undefined:
      return [[`classifier.${name}`, { shape, values }]]
    case 'float16': {
      const bits = Uint16Array.from(values, toFloat16)
      checkHeld(values, (i) => fromFloat16(bits[i]), field)
      return [[`classifier.${name}`, { shape, values: bits }]]
    }
    case 'int8': {
      const { scales } = storage
      checkScales(scales.shape, shape, `${field} scale`)
      const scaleAt = scalesAlong(scales, shape)
      const integers = Int8Array.from(values, (value, i) => Math.round(value / scaleAt(i)))
      checkHeld(values, (i) => Math.fround(integers[i] * scaleAt(i)), field)
      return [
        [`classifier.${name}`, { shape, values: integers }],
        [`classifier.${name}${SCALES}`, scales],
      ]
    }
  }
}

function checkHeld(values: Float32Array, held: (place: number) => number, field: string): void {
  const bad = values.findIndex((value, i) => value !== held(i))
  if (bad >= 0) throw modelError(field, `has ${values[bad]} at place ${bad}, which its storage does not hold`)
}

/** Weights of which those that are still what they were in `before` are stored as they were there. */
export function storedAsBefore(weights: readonly Weight[], before: readonly Weight[]): Weight[] {
  return weights.map((weight) => {
    const old = before.find(({ name }) => name === weight.name)
    const isSame =
      old?.values.length === weight.values.length &&
      old.values.every((value, i) => value === weight.values[i])
    return isSame ? { ...weight, storage: old.storage } : weight
  })
}
