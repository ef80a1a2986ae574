import { LeafError } from '../error.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { checkShape, copyTensors, FORMAT_METADATA, openContainer } from './container.ts'
import { joinFrontend, splitFrontend } from './frontend-tensors.ts'
import { type Head, placesOf } from './heads.ts'
import type { Topology } from './layer-graph.ts'
import { modelError } from './model-error.ts'
import { writeSafetensors } from './safetensors.ts'
import {
  type Card,
  cardSchema,
  checkSchema,
  classifierSchema,
  type Decoding,
  decodingSchema,
  headsSchema,
  labelsSchema,
} from './schema.ts'
import { checkTopology } from './topology.ts'
import { readWeights, type Weight, weightTensors } from './weights.ts'

const METADATA_KEYS = ['frontend', 'classifier', 'labels', 'heads', 'decoding', 'card']
const PROBE_LIMIT = 64

/** Everything a model file holds. Written by training, read by the page and the command line. */
export interface Model {
  readonly frontend: FrontendDescription
  readonly classifier: {
    /**
     * A tf.layers model: [windowFrames, channels, 1] in, one sigmoid score per label out; with heads one logit
     * per label, out of a dense layer.
     */
    readonly topology: Topology
    /** In the order in which the topology asks for them. */
    readonly weights: readonly Weight[]
    /** Frames the classifier looks at. */
    readonly windowFrames: number
    /** Frames from one window to the next. */
    readonly hopFrames: number
  }
  readonly labels: readonly string[]
  /** Groups of labels that exclude each other; without it every label is heard or not by itself. */
  readonly heads?: readonly Head[]
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
  const file = openContainer(bytes)
  file.onlyKeys(METADATA_KEYS)
  if (METADATA_KEYS.every((key) => file.has(key) === (key === 'frontend'))) {
    throw new LeafError(
      'model-file',
      'The model file holds a frontend without a classifier.',
      'Read it with readFrontend, or give a model with a classifier.',
    )
  }
  const { groups, json } = file

  const labels = checkSchema(labelsSchema, json('labels'), 'labels')
  const heads = file.has('heads') ? checkSchema(headsSchema, json('heads'), 'heads') : undefined
  checkLabels(labels, heads)
  const decoding = checkSchema(decodingSchema, json('decoding'), 'decoding')
  if (decoding.labels.length !== labels.length) {
    throw modelError('decoding.labels', `has ${decoding.labels.length} entries for ${labels.length} labels`)
  }
  const card = checkSchema(cardSchema, json('card'), 'card')
  const frontend = joinFrontend(json('frontend'), copyTensors(groups.frontend, 'frontend', 'F64'))
  const {
    windowFrames,
    hopFrames,
    topology: stored,
  } = checkSchema(classifierSchema, json('classifier'), 'classifier')
  if (hopFrames > windowFrames)
    throw modelError('classifier.hopFrames', `is ${hopFrames}, longer than the window`)

  // From where the step of a window begins, around its middle, to its last frame: what begins there it has not heard.
  const latest = ((windowFrames - 1 + hopFrames) * frontend.hopMs) / 2000
  const late = decoding.labels.findIndex(({ onsetOffsetSeconds = 0 }) => onsetOffsetSeconds >= latest)
  if (late >= 0)
    throw modelError(
      `decoding.labels.${late}.onsetOffsetSeconds`,
      `is not below ${latest} s, where the last frame of its window lies`,
    )

  const { channels } = frontend
  const output = { labels: labels.length, isHeaded: heads !== undefined }
  const { topology, weights: wanted } = checkTopology(stored, [windowFrames, channels, 1], output)
  const windows = groups.probe.get('input')?.shape[0] ?? 0
  if (windows < 1 || windows > PROBE_LIMIT)
    throw modelError('tensor "probe.input" shape', `holds ${windows} windows`)
  checkShape(groups.probe, 'probe', 'input', [windows, windowFrames, channels])
  checkShape(groups.probe, 'probe', 'output', [windows, labels.length])
  if (groups.probe.size !== 2) throw modelError('probe', 'has more tensors than input and output')

  const weights = readWeights(groups.classifier, wanted)
  const probe = copyTensors(groups.probe, 'probe', 'F32')
  return {
    frontend,
    classifier: { topology, weights, windowFrames, hopFrames },
    labels,
    ...(heads && { heads }),
    decoding,
    probe: {
      input: probe.get('input')!.values as Float32Array,
      output: probe.get('output')!.values as Float32Array,
    },
    card,
  }
}

/** Heads share the labels out, and none has a label twice. */
function checkLabels(labels: readonly string[], heads: readonly Head[] | undefined): void {
  const places = heads ? placesOf(heads) : [{ name: '', start: 0, end: labels.length }]
  const { end: shared } = places[places.length - 1]
  if (shared !== labels.length)
    throw modelError('heads', `have ${shared} labels, but there are ${labels.length}`)
  for (const { start, end } of places) {
    const own = labels.slice(start, end)
    const twice = own.find((label, i) => own.indexOf(label) < i)
    if (twice !== undefined) throw modelError('labels', `has ${JSON.stringify(twice)} twice`)
  }
}

/**
 * Writes a model file, and reads it back, so that no file is written which would be refused.
 *
 * @throws LeafError `model-file` naming the field that is wrong.
 */
export function writeModel(model: Model): Uint8Array {
  const { frontend, classifier, labels, heads, decoding, probe, card } = model
  const { windowFrames, hopFrames, topology, weights } = classifier
  const split = splitFrontend(frontend)
  const windows = probe.output.length / labels.length
  const bytes = writeSafetensors(
    [
      ...FORMAT_METADATA,
      ['frontend', JSON.stringify(split.json)],
      ['classifier', JSON.stringify({ windowFrames, hopFrames, topology })],
      ['labels', JSON.stringify(labels)],
      ...(heads ? [['heads', JSON.stringify(heads)] as const] : []),
      ['decoding', JSON.stringify(decoding)],
      ['card', JSON.stringify(card)],
    ],
    [
      ...split.tensors.map(([name, tensor]) => [`frontend.${name}`, tensor] as const),
      ...weights.flatMap(weightTensors),
      ['probe.input', { shape: [windows, windowFrames, frontend.channels], values: probe.input }],
      ['probe.output', { shape: [windows, labels.length], values: probe.output }],
    ],
  )
  readModel(bytes)
  return bytes
}
