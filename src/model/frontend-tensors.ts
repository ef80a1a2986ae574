import { LeafError } from '../error.ts'
import { type FrontendDescription, MOST_CHANNELS, parseFrontend } from '../frontend/index.ts'
import { modelError } from './model-error.ts'
import type { Tensor } from './safetensors.ts'

/** Parts of a description that hold parameters. */
const PARTS = ['filterbank', 'pooling', 'compression'] as const

/** A description in two: the JSON without its arrays, and the arrays as float64 tensors named `part.parameter`. */
export interface SplitFrontend {
  readonly json: Record<string, unknown>
  readonly tensors: readonly (readonly [string, Tensor])[]
}

/** Takes every array of parameters out of a description, so that the file stores them as exact binary numbers. */
export function splitFrontend(frontend: FrontendDescription): SplitFrontend {
  const tensors: (readonly [string, Tensor])[] = []
  const json: Record<string, unknown> = { ...frontend }
  for (const part of PARTS) {
    const scalars: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(frontend[part])) {
      if (Array.isArray(value)) tensors.push([`${part}.${key}`, toTensor(value)])
      else scalars[key] = value
    }
    json[part] = scalars
  }
  return { json, tensors }
}

/**
 * Puts the arrays back and checks the whole as a frontend.
 *
 * @throws LeafError `model-file` naming the tensor or the key of the description.
 */
export function joinFrontend(json: unknown, tensors: ReadonlyMap<string, Tensor>): FrontendDescription {
  const description = isObject(json) ? { ...json } : {}
  for (const [name, tensor] of tensors) {
    const [part, parameter, ...rest] = name.split('.')
    const scalars = description[part]
    if (
      !PARTS.some((known) => known === part) ||
      parameter === undefined ||
      rest.length > 0 ||
      !isObject(scalars)
    ) {
      throw modelError(`tensor "frontend.${name}"`, 'is unknown')
    }
    if (Object.hasOwn(scalars, parameter))
      throw modelError(`tensor "frontend.${name}"`, 'is in the metadata too')
    description[part] = Object.fromEntries([...Object.entries(scalars), [parameter, toArrays(tensor, name)]])
  }
  try {
    return parseFrontend(description)
  } catch (cause) {
    if (cause instanceof LeafError) throw modelError('frontend', `is refused (${cause.message})`, { cause })
    throw cause
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One row of numbers, or rows of equal length. */
function toTensor(value: number[] | number[][]): Tensor {
  const flat = value.flat()
  const shape = Array.isArray(value[0]) ? [value.length, value[0].length] : [value.length]
  return { shape, values: Float64Array.from(flat) }
}

function toArrays({ shape, values }: Tensor, name: string): number[] | number[][] {
  const [rows, columns] = shape
  if (rows > MOST_CHANNELS)
    throw modelError(`tensor "frontend.${name}" shape`, `has ${rows} channels, more than ${MOST_CHANNELS}`)
  if (shape.length === 1) return Array.from(values)
  if (shape.length !== 2)
    throw modelError(`tensor "frontend.${name}" shape`, `has ${shape.length} axes, not 1 or 2`)
  return Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)))
}
