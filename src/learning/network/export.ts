import { tensor, tidy } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { FrontendDescription } from '../../frontend/index.ts'
import { describeLayersModel } from '../../inference/index.ts'
import {
  type Card,
  type Decoding,
  type Head,
  inInt8,
  inInt8WhereExact,
  softmaxOfHeads,
  storedAsBefore,
  type Weight,
  writeModel,
} from '../../model/index.ts'
import { scoreWindows } from './score-windows.ts'

export interface ExportOptions {
  readonly frontend: FrontendDescription
  readonly windowFrames: number
  readonly hopFrames: number
  readonly labels: readonly string[]
  /** Of a model whose output are logits. */
  readonly heads?: readonly Head[]
  /** Score per label from which it counts as heard. */
  readonly thresholds: readonly number[]
  /** Windows whose scores are stored, so that a backend can be tried. */
  readonly probes: readonly Float32Array[]
  readonly card: Card
  /** Of the model it began from: what is still as it was there is stored as it was. */
  readonly before?: readonly Weight[]
}

/** An event goes on until its score falls below this share of where it began. */
const OFF_SHARE = 0.6

/**
 * Rounds a model's kernels to int8, as which `exportModel` then writes them in a quarter of the room; what is measured
 * afterwards is measured as it is in the file. Biases and normalisations are few and stay as they are.
 */
export function roundKernels(model: LayersModel): void {
  tidy(() => {
    const names = model.weights.map(({ name }) => name)
    const rounded = model.getWeights().map((weight, i) => {
      if (weight.rank < 2) return weight
      const values = weight.dataSync() as Float32Array
      return tensor(inInt8({ name: names[i], shape: weight.shape, values }).values, weight.shape)
    })
    model.setWeights(rounded)
  })
}

/** The bytes of the model file; a kernel that int8 holds exactly is stored so. */
export function exportModel(model: LayersModel, options: ExportOptions): Uint8Array {
  const { frontend, windowFrames, hopFrames, labels, heads, thresholds, probes, card, before = [] } = options
  const scores = joined(scoreWindows(model, probes))
  if (heads) softmaxOfHeads(scores, heads)
  const { topology, weights } = describeLayersModel(model)
  return writeModel({
    frontend,
    classifier: {
      topology,
      weights: inInt8WhereExact(storedAsBefore(weights, before)),
      windowFrames,
      hopFrames,
    },
    labels,
    heads,
    decoding: decodingOf(thresholds),
    probe: { input: joined(probes), output: scores },
    card,
  })
}

/**
 * A window is enough, as the default model's events need (`npm run soundscapes -- --minimum 0.2 --choose`): where two have
 * to agree, a word is missed when it lies badly between them.
 */
const MINIMUM_SECONDS = 0.2

function decodingOf(thresholds: readonly number[]): Decoding {
  return {
    smoothingSeconds: 0.2,
    mergeGapSeconds: 0.5,
    labels: thresholds.map((on) => ({ on, off: OFF_SHARE * on, minimumSeconds: MINIMUM_SECONDS })),
  }
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  return Float32Array.from(arrays.flatMap((values) => [...values]))
}
