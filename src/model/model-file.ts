import type { FrontendDescription } from '../frontend/index.ts'
import { joinFrontend, splitFrontend } from './frontend-tensors.ts'
import { parseJson } from './json.ts'
import { modelError } from './model-error.ts'
import {
  readSafetensors,
  type StoredTensor,
  type Tensor,
  tensorValues,
  writeSafetensors,
} from './safetensors.ts'
import {
  type Card,
  cardSchema,
  checkSchema,
  classifierSchema,
  type Decoding,
  decodingSchema,
  labelsSchema,
} from './schema.ts'
import { checkTopology, type Topology } from './topology.ts'

const FORMAT = 'leaf-worklet model'
const VERSION = '1'
const METADATA_KEYS = ['format', 'version', 'frontend', 'classifier', 'labels', 'decoding', 'card']
const PROBE_LIMIT = 64

/** One weight of the classifier, float32, row-major, named `layer/weight` as tf.layers names it. */
export interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Everything a model file holds. Written by training, read by the page and the command line. */
export interface Model {
  readonly frontend: FrontendDescription
  readonly classifier: {
    /** A tf.layers Sequential: [windowFrames, channels, 1] in, one sigmoid score per label out. */
    readonly topology: Topology
    /** In the order in which the topology asks for them. */
    readonly weights: readonly Weight[]
    /** Frames the classifier looks at. */
    readonly windowFrames: number
    /** Frames from one window to the next. */
    readonly hopFrames: number
  }
  readonly labels: readonly string[]
  readonly decoding: Decoding
  /** Windows whose scores are known, against which a backend is tried. */
  readonly probe: {
    /** [windows, windowFrames, channels], row-major. */
    readonly input: Float32Array
    /** [windows, labels], row-major. */
    readonly output: Float32Array
  }
  readonly card: Card
}

/**
 * Reads a model file. Everything is checked, metadata before tensors and sizes before copies.
 *
 * @param bytes the whole file, at most 64 MB; not kept
 * @throws LeafError `model-file` naming the field that is wrong.
 */
export function readModel(bytes: Uint8Array): Model {
  const { metadata, tensors } = readSafetensors(bytes)
  for (const key of metadata.keys()) {
    if (!METADATA_KEYS.includes(key)) throw modelError(`__metadata__.${key}`, 'is unknown')
  }
  if (metadata.get('format') !== FORMAT)
    throw modelError('__metadata__.format', `is not ${JSON.stringify(FORMAT)}`)
  if (metadata.get('version') !== VERSION) throw modelError('__metadata__.version', `is not "${VERSION}"`)
  const json = (key: string) => {
    const text = metadata.get(key)
    if (text === undefined) throw modelError(`__metadata__.${key}`, 'is missing')
    return parseJson(text, `__metadata__.${key}`)
  }

  const labels = checkSchema(labelsSchema, json('labels'), 'labels')
  const decoding = checkSchema(decodingSchema, json('decoding'), 'decoding')
  if (decoding.labels.length !== labels.length) {
    throw modelError('decoding.labels', `has ${decoding.labels.length} entries for ${labels.length} labels`)
  }
  const card = checkSchema(cardSchema, json('card'), 'card')
  const groups = groupTensors(tensors)
  const frontend = joinFrontend(json('frontend'), copyTensors(groups.frontend, 'frontend', 'F64'))
  const {
    windowFrames,
    hopFrames,
    topology: stored,
  } = checkSchema(classifierSchema, json('classifier'), 'classifier')
  if (hopFrames > windowFrames)
    throw modelError('classifier.hopFrames', `is ${hopFrames}, longer than the window`)

  const { channels } = frontend
  const { topology, weights: wanted } = checkTopology(stored, [windowFrames, channels, 1], labels.length)
  for (const { name, shape } of wanted) checkShape(groups.classifier, 'classifier', name, shape)
  const asked = new Set(wanted.map(({ name }) => name))
  for (const name of groups.classifier.keys()) {
    if (!asked.has(name)) throw modelError(`tensor "classifier.${name}"`, 'is not asked for by the topology')
  }
  const windows = groups.probe.get('input')?.shape[0] ?? 0
  if (windows < 1 || windows > PROBE_LIMIT)
    throw modelError('tensor "probe.input" shape', `holds ${windows} windows`)
  checkShape(groups.probe, 'probe', 'input', [windows, windowFrames, channels])
  checkShape(groups.probe, 'probe', 'output', [windows, labels.length])
  if (groups.probe.size !== 2) throw modelError('probe', 'has more tensors than input and output')

  const values = copyTensors(groups.classifier, 'classifier', 'F32')
  const probe = copyTensors(groups.probe, 'probe', 'F32')
  const weights = wanted.map(({ name, shape }) => ({
    name,
    shape,
    values: values.get(name)!.values as Float32Array,
  }))
  return {
    frontend,
    classifier: { topology, weights, windowFrames, hopFrames },
    labels,
    decoding,
    probe: {
      input: probe.get('input')!.values as Float32Array,
      output: probe.get('output')!.values as Float32Array,
    },
    card,
  }
}

/**
 * Writes a model file, and reads it back, so that no file is written which would be refused.
 *
 * @throws LeafError `model-file` naming the field that is wrong.
 */
export function writeModel(model: Model): Uint8Array {
  const { frontend, classifier, labels, decoding, probe, card } = model
  const { windowFrames, hopFrames, topology, weights } = classifier
  const split = splitFrontend(frontend)
  const windows = probe.output.length / labels.length
  const bytes = writeSafetensors(
    [
      ['format', FORMAT],
      ['version', VERSION],
      ['frontend', JSON.stringify(split.json)],
      ['classifier', JSON.stringify({ windowFrames, hopFrames, topology })],
      ['labels', JSON.stringify(labels)],
      ['decoding', JSON.stringify(decoding)],
      ['card', JSON.stringify(card)],
    ],
    [
      ...split.tensors.map(([name, tensor]) => [`frontend.${name}`, tensor] as const),
      ...weights.map(({ name, shape, values }) => [`classifier.${name}`, { shape, values }] as const),
      ['probe.input', { shape: [windows, windowFrames, frontend.channels], values: probe.input }],
      ['probe.output', { shape: [windows, labels.length], values: probe.output }],
    ],
  )
  readModel(bytes)
  return bytes
}

const GROUPS = ['frontend', 'classifier', 'probe'] as const
type Group = (typeof GROUPS)[number]

/** Tensors by the part before the first dot of their name. */
function groupTensors(tensors: ReadonlyMap<string, StoredTensor>): Record<Group, Map<string, StoredTensor>> {
  const groups = { frontend: new Map(), classifier: new Map(), probe: new Map() }
  for (const [name, tensor] of tensors) {
    const group = GROUPS.find((known) => name.startsWith(`${known}.`))
    if (group === undefined) throw modelError(`tensor ${JSON.stringify(name)}`, 'is unknown')
    groups[group].set(name.slice(group.length + 1), tensor)
  }
  return groups
}

function checkShape(
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

function copyTensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  group: Group,
  dtype: StoredTensor['dtype'],
): Map<string, Tensor> {
  const copies = new Map<string, Tensor>()
  for (const [name, tensor] of tensors) {
    const field = `tensor "${group}.${name}"`
    if (tensor.dtype !== dtype) throw modelError(`${field} dtype`, `is ${tensor.dtype}, not ${dtype}`)
    const values = tensorValues(tensor)
    const bad = values.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw modelError(field, `has ${values[bad]} at place ${bad}`)
    copies.set(name, { shape: tensor.shape, values })
  }
  return copies
}
