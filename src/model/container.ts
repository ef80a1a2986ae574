import { LeafError } from '../error.ts'
import { foreignError } from './foreign-file.ts'
import { parseJson } from './json.ts'
import { modelError } from './model-error.ts'
import {
  int8Values,
  readSafetensors,
  type Safetensors,
  type StoredTensor,
  type Tensor,
  tensorValues,
} from './safetensors.ts'

const FORMAT = 'leaf-worklet model'
const VERSION = '1'

/** What every file of this project's format says of itself, beside what it holds. */
export const FORMAT_METADATA = [
  ['format', FORMAT],
  ['version', VERSION],
] as const

const GROUPS = ['frontend', 'classifier', 'probe'] as const
/** Numbers of one tensor at most: eight times those of 512 free filters of 1024 taps. */
const NUMBERS_LIMIT = 2 ** 23
/** What tensors belong to: the part before the first dot of their name. */
export type Group = (typeof GROUPS)[number]

/** A file of this project's format, opened: its texts and its tensors, not yet looked into. */
export interface Container {
  has(key: string): boolean
  /** The JSON under a key of the metadata. @throws LeafError `model-file` naming the key. */
  json(key: string): unknown
  /** Refuses every key beside `known`. @throws LeafError `model-file` naming the key. */
  onlyKeys(known: readonly string[]): void
  readonly groups: Readonly<Record<Group, ReadonlyMap<string, StoredTensor>>>
}

/**
 * Opens a file of this project's format.
 *
 * @throws LeafError `model-file` where the bytes are no safetensors file or not of this format and version.
 */
export function openContainer(bytes: Uint8Array): Container {
  const { metadata, tensors } = readOwn(bytes)
  if (!isContainer(metadata)) {
    throw new LeafError(
      'model-file',
      `The file is no model or frontend of this project: __metadata__.format is not ${JSON.stringify(FORMAT)}.`,
      'Weights of other libraries come in by importFrontend, on the command line by import.',
    )
  }
  if (metadata.get('version') !== VERSION) throw modelError('__metadata__.version', `is not "${VERSION}"`)
  return {
    has: (key) => metadata.has(key),
    json(key) {
      const text = metadata.get(key)
      if (text === undefined) throw modelError(`__metadata__.${key}`, 'is missing')
      return parseJson(text, `__metadata__.${key}`)
    },
    onlyKeys(known) {
      const allowed = [...FORMAT_METADATA.map(([key]) => key), ...known]
      for (const key of metadata.keys())
        if (!allowed.includes(key)) throw modelError(`__metadata__.${key}`, 'is unknown')
    },
    groups: groupTensors(tensors),
  }
}

/** What is no safetensors file at all is called by its name. */
function readOwn(bytes: Uint8Array): Safetensors {
  try {
    return readSafetensors(bytes)
  } catch (cause) {
    throw foreignError('The model file', bytes, cause) ?? cause
  }
}

/** Whether the metadata of a safetensors file says that it is of this project's format. */
export function isContainer(metadata: ReadonlyMap<string, string>): boolean {
  return metadata.get('format') === FORMAT
}

function groupTensors(tensors: ReadonlyMap<string, StoredTensor>): Record<Group, Map<string, StoredTensor>> {
  const groups = { frontend: new Map(), classifier: new Map(), probe: new Map() }
  for (const [name, tensor] of tensors) {
    const group = GROUPS.find((known) => name.startsWith(`${known}.`))
    if (group === undefined) throw modelError(`tensor ${JSON.stringify(name)}`, 'is unknown')
    groups[group].set(name.slice(group.length + 1), tensor)
  }
  return groups
}

/** @throws LeafError `model-file` where the tensor is missing or of another shape. */
export function checkShape(
  tensors: ReadonlyMap<string, StoredTensor>,
  group: Group,
  name: string,
  shape: readonly number[],
): void {
  const tensor = tensors.get(name)
  const field = `tensor "${group}.${name}"`
  if (tensor === undefined) throw modelError(field, 'is missing')
  if (tensor.shape.length !== shape.length || !shape.every((size, i) => tensor.shape[i] === size)) {
    throw modelError(`${field} shape`, `is [${tensor.shape.join(', ')}], not [${shape.join(', ')}]`)
  }
}

/** The tensors' numbers. @throws LeafError `model-file` naming one of another type or with a number not finite. */
export function copyTensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  group: Group,
  dtype: 'F32' | 'F64',
): Map<string, Tensor> {
  const copies = new Map<string, Tensor>()
  for (const [name, tensor] of tensors)
    copies.set(name, copyTensor(tensor, `tensor "${group}.${name}"`, [dtype]))
  return copies
}

/** One tensor's numbers. @throws LeafError `model-file` naming `field` where they are of another type or not finite. */
export function copyTensor(tensor: StoredTensor, field: string, dtypes: readonly string[]): Tensor {
  const { dtype, shape } = tensor
  if (!dtypes.includes(dtype)) throw modelError(`${field} dtype`, `is ${dtype}, not ${dtypes.join(' or ')}`)
  const numbers = shape.reduce((product, size) => product * size, 1)
  if (numbers === 0 || numbers > NUMBERS_LIMIT)
    throw modelError(`${field} shape`, `holds ${numbers} numbers, not 1 to ${NUMBERS_LIMIT}`)
  const values = dtype === 'I8' ? int8Values(tensor) : tensorValues(tensor)
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw modelError(field, `has ${values[bad]} at place ${bad}`)
  return { shape, values }
}
