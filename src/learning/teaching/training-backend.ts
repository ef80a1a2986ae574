import { setBackend } from '@tensorflow/tfjs-core'
import type { BackendChoice } from '../../classifier/index.ts'
import { LeafError } from '../../error.ts'
import type { BackendAttempt, BackendCandidate, BackendName } from '../../inference/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import type { Model } from '../../model/index.ts'
import {
  registerBatchNormGradient,
  registerTrainingKernels,
  TrainableClassifier,
  withWeights,
} from '../network/index.ts'
import { streams } from '../random/index.ts'
import { withTaughtHead } from './intermediate-features.ts'

/** The active backend, whose gradients were verified. */
export interface TrainingChoice {
  readonly choice: BackendChoice
  /** Resolves with a reason when the device is lost. */
  readonly lost?: Promise<string>
}

/** Largest relative error of a gradient, in the Euclidean norm. Chosen, not fitted: far above float32 rounding. */
const TOLERANCE = 0.01
/** Outputs of the random last layer. Chosen, not fitted. */
const LABELS = 3

registerTrainingKernels()
registerBatchNormGradient()

/**
 * Activates the first backend whose gradients for the base model match WebAssembly's: some GPU drivers have a correct
 * forward pass and a wrong backward pass. WebAssembly is always needed, to export the model at the end.
 *
 * @param candidates backends in order of preference; WebAssembly may be among them
 * @throws LeafError `training` if WebAssembly does not start or no candidate passes
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
      if (!isReference) await verifyGradients(base, wasm.name, name)
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

async function verifyGradients(base: Model, reference: BackendName, name: BackendName): Promise<void> {
  await setBackend(reference)
  const expected = await gradientsOf(base)
  await setBackend(name)
  const actual = await gradientsOf(base)
  const worst = Math.max(...actual.map((gradient, i) => relativeError(gradient, expected[i])))
  if (!(worst <= TOLERANCE)) throw new Error(`its gradients are off by ${worst.toPrecision(2)}`)
}

/** ∂loss/∂ each weight and the features, on the model's probe windows with a random last layer. */
async function gradientsOf(base: Model): Promise<Float32Array[]> {
  const random = streams.gradientCheck()
  const { classifier, name, inputs } = withTaughtHead(base, LABELS)
  const kernel = Float32Array.from({ length: inputs * LABELS }, () => 0.1 * random.normal())
  const headed = withWeights(classifier, new Map([[`${name}/kernel`, kernel]]))
  const model = await buildLayersModel(headed)
  const { input } = base.probe
  const windows = input.length / (base.classifier.windowFrames * base.frontend.channels)
  const targets = Float32Array.from({ length: windows * LABELS }, (_, i) => Number(i % LABELS === 0))
  const learner = new TrainableClassifier(model, { seed: 1, dropout: 0 })
  const { weights, features } = await learner.differentiate(input, targets, 0, true)
  model.dispose()
  return [...weights, features!]
}

/** ‖actual − expected‖ / ‖expected‖ */
function relativeError(actual: Float32Array, expected: Float32Array): number {
  let [error, norm] = [0, 0]
  for (const [i, value] of expected.entries()) {
    error += (actual[i] - value) ** 2
    norm += value ** 2
  }
  return error === 0 ? 0 : Math.sqrt(error / norm)
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

function unavailable(reasons: string, remedy: string, cause?: unknown): LeafError {
  return new LeafError('training', `Nothing here can train (${reasons}).`, remedy, { cause })
}
