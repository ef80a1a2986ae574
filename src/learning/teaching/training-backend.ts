import { setBackend } from '@tensorflow/tfjs-core'
import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BackendChoice } from '../../classifier/index.ts'
import { LeafError } from '../../error.ts'
import type { BackendAttempt, BackendCandidate, BackendName } from '../../inference/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import type { Model } from '../../model/index.ts'
import { registerBatchNormGradient, registerTrainingKernels, TrainableClassifier } from '../network/index.ts'
import { streams } from '../random/index.ts'
import { withNewHead, withWeights } from './new-head.ts'

/** A backend in use that gives the right gradients. */
export interface TrainingChoice {
  readonly choice: BackendChoice
  /** Settles with a reason when the device goes away. */
  readonly lost?: Promise<string>
}

/** Largest distance of a gradient from the right one, as a share of its length. */
const TOLERANCE = 0.01
const LABELS = 3

registerTrainingKernels()
registerBatchNormGradient()

/**
 * Takes the first backend that gives the gradients of the base model which WebAssembly gives: some drivers score right
 * and learn wrong. WebAssembly is always needed, for the model that is written at the end.
 *
 * @param wasm WebAssembly
 * @param candidates those to try, in their order; WebAssembly may be among them
 * @throws LeafError `training` when WebAssembly does not start or none is left
 */
export async function chooseTrainingBackend(
  base: Model,
  wasm: BackendCandidate,
  candidates: readonly BackendCandidate[],
): Promise<TrainingChoice> {
  const attempts: BackendAttempt[] = []
  try {
    await wasm.start()
  } catch (cause) {
    throw unavailable(
      `wasm: ${reasonOf(cause)}`,
      'Serve the .wasm files beside teaching.worker.js, or give their folder as wasmPath.',
      cause,
    )
  }
  for (const { name, start } of candidates) {
    try {
      const { lost } = await start()
      const isReference = name === wasm.name
      if (!isReference) await requireRightGradients(base, wasm.name, name)
      const reason = isReference ? 'the others are measured by it' : 'its gradients are right'
      attempts.push({ backend: name, accepted: true, reason })
      return { choice: { backend: name, attempts }, lost }
    } catch (cause) {
      attempts.push({ backend: name, accepted: false, reason: reasonOf(cause) })
    }
  }
  throw unavailable(
    attempts.map(({ backend, reason }) => `${backend}: ${reason}`).join('; '),
    "Leave 'wasm' among the backends.",
  )
}

async function requireRightGradients(base: Model, reference: BackendName, name: BackendName): Promise<void> {
  await setBackend(reference)
  const expected = await gradientsOf(base)
  await setBackend(name)
  const given = await gradientsOf(base)
  const worst = Math.max(...given.map((gradient, i) => distance(gradient, expected[i])))
  if (!(worst <= TOLERANCE)) throw new Error(`its gradients are off by ${worst.toPrecision(2)}`)
}

/** At every weight and at the features, for the windows of the model's probe behind a last layer drawn by chance. */
async function gradientsOf(base: Model): Promise<Float32Array[]> {
  const random = streams.gradientCheck()
  const { classifier, name, inputs } = withNewHead(base, LABELS)
  const kernel = Float32Array.from({ length: inputs * LABELS }, () => 0.1 * random.normal())
  const headed = withWeights(classifier, new Map([[`${name}/kernel`, kernel]]))
  const model = (await buildLayersModel(headed)) as Sequential
  const { input } = base.probe
  const windows = input.length / (base.classifier.windowFrames * base.frontend.channels)
  const targets = Float32Array.from({ length: windows * LABELS }, (_, i) => Number(i % LABELS === 0))
  const learner = new TrainableClassifier(model, { seed: 1, dropout: 0 })
  const { weights, features } = await learner.differentiate(input, targets, 0, true)
  model.dispose()
  return [...weights, features!]
}

/** Of one vector from another, as a share of that one's length. */
function distance(given: Float32Array, expected: Float32Array): number {
  let [apart, length] = [0, 0]
  for (const [i, value] of expected.entries()) {
    apart += (given[i] - value) ** 2
    length += value ** 2
  }
  return apart === 0 ? 0 : Math.sqrt(apart / length)
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

function unavailable(reasons: string, remedy: string, cause?: unknown): LeafError {
  return new LeafError('training', `Nothing here can train (${reasons}).`, remedy, { cause })
}
