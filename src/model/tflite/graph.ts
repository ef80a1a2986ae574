import { LeafError } from '../../error.ts'
import { float16Values } from '../float16.ts'
import { Table } from './flatbuffer.ts'

// Fields are numbered as in schema.fbs of tensorflow/lite.

/** A tensor of the graph; one with data is a constant. */
export interface LiteTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly type: number
  /** A view into the file; empty where the tensor is computed. */
  readonly data: Uint8Array
  /** What whole numbers are multiplied by: one for all, or one per place along `axis`. Empty for none. */
  readonly scales: readonly number[]
  readonly zeroPoints: readonly number[]
  readonly axis: number
}

export interface LiteOperator {
  /** `BuiltinOperator` of the schema. */
  readonly code: number
  /** null for an input that is left out. */
  readonly inputs: readonly (LiteTensor | null)[]
  readonly outputs: readonly LiteTensor[]
  readonly options: Table | null
}

export interface LiteGraph {
  readonly output: LiteTensor
  readonly tensors: readonly LiteTensor[]
  readonly operators: readonly LiteOperator[]
}

/** `TensorType` of the schema, those that are read. */
const TYPE = { float32: 0, float16: 1, int32: 2, int8: 9 } as const

/** Whether a file says of itself that it is a TensorFlow Lite model. */
export function isTflite(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3'
}

/**
 * What is read from a file, its graph and the options of its operators, which are tables of their own.
 *
 * @throws LeafError `model-file` where the file is damaged, or as `read` does
 */
export function withinFile<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof RangeError)
      throw liteError('points beyond its end', 'Fetch the file again.', { cause })
    throw cause
  }
}

/** @throws RangeError where the file is damaged; LeafError `model-file` where it holds no graph of one output */
export function readGraph(bytes: Uint8Array): LiteGraph {
  const model = Table.root(bytes)
  // Codes beyond a byte stand in a field of their own.
  const codes = model.tables(1).map((code) => Math.max(code.int8(0), code.int32(3)))
  const buffers = model.tables(4)
  const [graph, ...others] = model.tables(2)
  if (graph === undefined || others.length > 0)
    throw liteError(`has ${others.length + (graph ? 1 : 0)} graphs`, 'Give a model with one.')
  const tensors = graph.tables(0).map((tensor) => tensorOf(tensor, buffers))
  const operators = graph.tables(3).map((operator) => ({
    code: at(codes, operator.int32(0)),
    inputs: operator.ints(1).map((index) => (index < 0 ? null : at(tensors, index))),
    outputs: operator.ints(2).map((index) => at(tensors, index)),
    options: operator.table(4),
  }))
  const outputs = graph.ints(2)
  if (outputs.length !== 1) throw liteError(`has ${outputs.length} outputs`, 'Give a model with one.')
  return { output: at(tensors, outputs[0]), tensors, operators }
}

function tensorOf(tensor: Table, buffers: readonly Table[]): LiteTensor {
  const quantisation = tensor.table(4)
  return {
    name: tensor.text(3),
    shape: tensor.ints(0),
    type: tensor.int8(1),
    data: at(buffers, tensor.int32(2)).bytes(0),
    scales: quantisation?.floats(2) ?? [],
    zeroPoints: quantisation?.longs(3) ?? [],
    axis: quantisation?.int32(6) ?? 0,
  }
}

/** A constant's numbers as they stand, whole numbers without their scales. */
export function numbersOf(tensor: LiteTensor): { values: Float32Array; isInt8: boolean } {
  const { type, shape, name, zeroPoints } = tensor
  const count = shape.reduce((product, size) => product * size, 1)
  const bytes = tensor.data.slice()
  const wanted = { [TYPE.float32]: 4, [TYPE.float16]: 2, [TYPE.int32]: 4, [TYPE.int8]: 1 }[type]
  if (wanted === undefined)
    throw liteError(`has a constant ${shown(name)} of type ${type}`, 'Give one of float or int8 weights.')
  if (bytes.length !== wanted * count || shape.some((size) => size < 1))
    throw liteError(
      `has ${bytes.length} bytes in ${shown(name)} for the shape [${shape.join(', ')}]`,
      'Fetch the file again.',
    )
  if (type === TYPE.int8 && zeroPoints.some((zero) => zero !== 0))
    throw liteError(`has a zero point in ${shown(name)}`, 'Give one of symmetric int8 weights.')
  switch (type) {
    case TYPE.float32:
      return { values: new Float32Array(bytes.buffer), isInt8: false }
    case TYPE.float16:
      return { values: float16Values(new Uint16Array(bytes.buffer)), isInt8: false }
    case TYPE.int32:
      return { values: Float32Array.from(new Int32Array(bytes.buffer)), isInt8: false }
    default:
      return { values: Float32Array.from(new Int8Array(bytes.buffer)), isInt8: true }
  }
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index]
  if (item === undefined) throw new RangeError(`There is no entry ${index}`)
  return item
}

export function shown(name: string): string {
  return JSON.stringify(name.slice(-60))
}

/** @param problem completes "The TensorFlow Lite model …" */
export function liteError(problem: string, remedy: string, options?: ErrorOptions): LeafError {
  return new LeafError('model-file', `The TensorFlow Lite model ${problem}.`, remedy, options)
}
