import { LeafError } from '../error.ts'
import type { Model } from '../model/index.ts'
import { buildInference, type Inference } from './infer.ts'

/** Where a classifier can run: the graphics card, WebAssembly, plain JavaScript. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu'

/** How it went with one backend. */
export interface BackendAttempt {
  readonly backend: BackendName
  readonly accepted: boolean
  /** Why it was taken or passed over, one clause. */
  readonly reason: string
}

/** A way to start one TensorFlow.js backend. */
export interface BackendCandidate {
  readonly name: BackendName
  /**
   * Makes the backend the one in use; throws an Error that says why it cannot.
   * @returns `lost` settles with a reason when the device goes away while in use
   */
  start(): Promise<{ lost?: Promise<string> }>
}

/** A classifier on the backend that was chosen for it. */
export interface LoadedClassifier extends Inference {
  readonly backend: BackendName
  /** Every backend tried, in order; the last one is the one in use. */
  readonly attempts: readonly BackendAttempt[]
  readonly lost?: Promise<string>
  /** Milliseconds an inference of the probe took, the longest. */
  readonly inferenceTime: number
}

/** Largest difference from a probe's stored scores that still is the right answer. */
const PROBE_TOLERANCE = 1e-3

/**
 * Takes the first backend that gives the stored scores for the model's probe. The windows of the probe go through one
 * by one, so that the classifier is warm for single windows afterwards.
 *
 * @throws LeafError `classifier` with what each backend did, when none is right
 */
export async function chooseBackend(
  model: Model,
  candidates: readonly BackendCandidate[],
): Promise<LoadedClassifier> {
  const attempts: BackendAttempt[] = []
  for (const { name, start } of candidates) {
    let inference: Inference | undefined
    try {
      const { lost } = await start()
      inference = await buildInference(model)
      const { difference, inferenceTime } = await probe(inference, model)
      if (!(difference <= PROBE_TOLERANCE)) {
        throw new Error(`its scores for the probe are off by ${difference.toPrecision(2)}`)
      }
      attempts.push({ backend: name, accepted: true, reason: `its scores for the probe are right` })
      return { ...inference, backend: name, attempts, lost, inferenceTime }
    } catch (error) {
      inference?.dispose()
      attempts.push({
        backend: name,
        accepted: false,
        reason: error instanceof Error ? error.message : String(error),
      })
    }
  }
  const tried = attempts.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ')
  throw new LeafError(
    'classifier',
    `The classifier runs on no backend (${tried}).`,
    'If every backend is wrong alike, the model file is; write it anew.',
  )
}

/** Largest difference between the probe's scores and those stored in the model, and milliseconds a window took at most. */
async function probe(
  inference: Inference,
  { classifier, frontend, labels, probe }: Model,
): Promise<{ difference: number; inferenceTime: number }> {
  const size = classifier.windowFrames * frontend.channels
  let difference = 0
  let inferenceTime = 0
  for (let window = 0; window * size < probe.input.length; window++) {
    const began = performance.now()
    const scores = await inference.infer(probe.input.slice(window * size, (window + 1) * size), 1)
    inferenceTime = Math.max(inferenceTime, performance.now() - began)
    const expected = probe.output.subarray(window * labels.length)
    scores.forEach((score, label) => {
      difference = Math.max(difference, Math.abs(score - expected[label]))
    })
  }
  return { difference, inferenceTime }
}
