import { type FrontendDescription, filterbankOf, geometryOf, preset } from '../../frontend/index.ts'
import type { Model } from '../model-file.ts'
import { type LiteGraph, liteError, numbersOf, readGraph, withinFile } from './graph.ts'
import { EMBEDDING, layerChain } from './layers.ts'

/** Frames between two windows: 0.24 s, a quarter of a window. */
const HOP_FRAMES = 24
/** Score of which an event begins, and below which it ends. */
const ON = 0.5
const OFF = 0.3

/**
 * Reads YAMNet out of a TensorFlow Lite file: layers and weights as they are, int8 with their scales. The file's own
 * frontend, a graph of operators, is compared with the preset `yamnet` by its mel filters, and left out.
 *
 * @param labels names of the scores; [521] of YAMNet's class map
 * @returns all of a model but the probe, which takes a classifier at work
 * @throws LeafError `model-file` where it is no such network, or has another frontend
 */
export function importYamnet(bytes: Uint8Array, labels: readonly string[]): Omit<Model, 'probe'> {
  return withinFile(() => modelOf(readGraph(bytes), labels))
}

function modelOf(graph: LiteGraph, labels: readonly string[]): Omit<Model, 'probe'> {
  const { input, layers, weights } = layerChain(graph)
  const frontend = preset('yamnet', { channels: input.shape[2] })
  checkMel(graph, frontend)
  const [, windowFrames] = input.shape
  if (input.shape.length !== 4 || !layers.some(({ config }) => config.name === EMBEDDING))
    throw liteError('is no network of convolutions with a mean and a dense layer behind', YAMNET)
  const [first, ...rest] = layers
  const shape = { batch_input_shape: [null, windowFrames, frontend.channels, 1], dtype: 'float32' }
  const scores = weights[weights.length - 1].shape[0]
  if (scores !== labels.length)
    throw liteError(
      `has ${scores} scores, but there are ${labels.length} names`,
      'Give the class map that goes with it.',
    )
  return {
    frontend,
    classifier: {
      topology: {
        class_name: 'Sequential',
        config: { name: 'yamnet', layers: [{ ...first, config: { ...first.config, ...shape } }, ...rest] },
      },
      weights,
      windowFrames,
      hopFrames: Math.min(HOP_FRAMES, windowFrames),
    },
    labels,
    decoding: {
      smoothingSeconds: 0.2,
      mergeGapSeconds: 0.5,
      labels: labels.map(() => ({ on: ON, off: OFF, minimumSeconds: 0.3 })),
    },
    card: {
      name: 'YAMNet',
      description:
        'YAMNet (tensorflow/models, research/audioset/yamnet): a MobileNet v1 on log-mel windows of 0.96 s, a score from 0 to 1 for each kind of sound. Imported from TensorFlow Lite with its int8 weights; features are exact where the file’s own runtime rounds them. Scores are not calibrated, thresholds are the same for all names.',
      data: ['AudioSet, of YouTube’s videos'],
      licences: ['Apache-2.0 (model)'],
      credits: ['Manoj Plakal and Dan Ellis, Google'],
      metrics: {},
    },
  }
}

const YAMNET = 'Give yamnet.tflite, whose input are samples and whose output is one score per name.'
/** The matrix may be int8, with one scale for all. */
const MEL_TOLERANCE = 1 / 127

/** Compares the mel filters in the file with the preset's. */
function checkMel({ tensors }: LiteGraph, frontend: FrontendDescription): void {
  const family = filterbankOf(frontend.filterbank)
  if (family.domain !== 'frequency') throw new Error('The preset yamnet has no spectrum.')
  const rows = family.matrix(frontend.filterbank, geometryOf(frontend))
  const bins = rows[0].length
  const matrix = tensors.find(
    ({ shape, data }) => data.length > 0 && shape.join() === [rows.length, bins].join(),
  )
  if (!matrix) throw liteError(`has no mel matrix [${rows.length}, ${bins}]`, YAMNET)
  const { values, isInt8 } = numbersOf(matrix)
  const scale = isInt8 ? matrix.scales[0] : 1
  rows.forEach((row, n) => {
    const far = row.findIndex(
      (weight, bin) => !(Math.abs(weight - scale * values[n * bins + bin]) <= MEL_TOLERANCE),
    )
    if (far >= 0) throw liteError(`has other mel filters: number ${n} differs at bin ${far}`, YAMNET)
  })
}
