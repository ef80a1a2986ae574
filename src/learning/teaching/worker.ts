// Module worker that trains; loads TensorFlow.js, which the page does not.
import { expose } from 'comlink'
import { answer } from '../../answer.ts'
import { LeafError } from '../../error.ts'
import { browserBackends } from '../../inference/browser.ts'
import { type Model, readModel } from '../../model/index.ts'
import { adapt } from './adapt.ts'
import type { LabelledSound } from './labelled-sound.ts'
import type { TeachingWorker, TrainingBackend } from './protocol.ts'
import { teach } from './teach.ts'
import { chooseTrainingBackend } from './training-backend.ts'

/** Least ms between progress reports: 30 a second, half the usual refresh rate. Chosen, not fitted. */
const REPORT_INTERVAL = 33

const sounds: LabelledSound[] = []
const stopping = new AbortController()

const worker: TeachingWorker = {
  addSounds(chunk) {
    sounds.push(...chunk)
  },

  train: ({ base, backends, wasmPath, ...options }, onProgress) =>
    answer(async () => {
      const model = readModel(base)
      const { choice, lost } = await backendFor(model, backends, wasmPath)
      onProgress({ stage: 'backend', ...choice })
      const report = throttled(onProgress)
      const taught = teach(model, sounds, options, {
        onEmbedding: report,
        onStep: report,
        stop: stopping.signal,
      })
      return lost ? Promise.race([taught, deviceLost(lost)]) : taught
    }),

  adapt: ({ model: bytes, wasmPath, ...options }, onProgress) =>
    answer(async () => {
      const model = readModel(bytes)
      // A few seconds of small steps: compiling WebGPU shaders would take about as long.
      await backendFor(model, ['wasm'], wasmPath)
      return adapt(model, sounds, options, { onProgress: throttled(onProgress), stop: stopping.signal })
    }),

  stop() {
    stopping.abort()
  },
}

/** @param names default: WebGPU if there is a GPU, then WebAssembly */
function backendFor(
  base: Model,
  names: readonly TrainingBackend[] | undefined,
  wasmPath: string | undefined,
) {
  const [wasm] = browserBackends(['wasm'], wasmPath)
  const candidates = browserBackends(names, wasmPath).filter(({ name }) => name !== 'cpu')
  return chooseTrainingBackend(base, wasm, candidates)
}

/** Drops reports within the interval, except validations. */
function throttled<Progress extends object>(onProgress: (progress: Progress) => void) {
  let last = Number.NEGATIVE_INFINITY
  return (progress: Progress) => {
    const isValidation = 'heldOut' in progress
    if (!isValidation && performance.now() - last < REPORT_INTERVAL) return
    last = performance.now()
    onProgress(progress)
  }
}

async function deviceLost(lost: Promise<string>): Promise<never> {
  throw new LeafError(
    'training',
    `The graphics device was lost while it trained (${await lost}).`,
    "Train again; if it happens again, with the backends ['wasm'].",
  )
}

expose(worker)
