// The module worker of teaching: TensorFlow.js lives here, not on the page.
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

/** Milliseconds between two reports: a page draws no more often. */
const REPORTED = 33

const sounds: LabelledSound[] = []
const stopping = new AbortController()

const worker: TeachingWorker = {
  give(some) {
    sounds.push(...some)
  },

  train: ({ base, backends, wasmPath, ...options }, onProgress) =>
    answer(async () => {
      const model = readModel(base)
      const { choice, lost } = await backendFor(model, backends, wasmPath)
      onProgress({ stage: 'backend', ...choice })
      const report = atIntervals(onProgress)
      const taught = teach(model, sounds, options, {
        onEmbedding: report,
        onStep: report,
        stop: stopping.signal,
      })
      return lost ? Promise.race([taught, failure(lost)]) : taught
    }),

  adapt: ({ model: bytes, wasmPath, ...options }, onProgress) =>
    answer(async () => {
      const model = readModel(bytes)
      // A few seconds of small steps: a graphics card would hardly have its shaders by then.
      await backendFor(model, ['wasm'], wasmPath)
      return adapt(model, sounds, options, { onProgress: atIntervals(onProgress), stop: stopping.signal })
    }),

  stop() {
    stopping.abort()
  },
}

/** @param names left out, WebGPU on a graphics card, WebAssembly */
function backendFor(
  base: Model,
  names: readonly TrainingBackend[] | undefined,
  wasmPath: string | undefined,
) {
  const [wasm] = browserBackends(['wasm'], wasmPath)
  const candidates = browserBackends(names, wasmPath).filter(({ name }) => name !== 'cpu')
  return chooseTrainingBackend(base, wasm, candidates)
}

/** Leaves out what comes too soon after the last report; a check is never left out. */
function atIntervals<Progress extends object>(onProgress: (progress: Progress) => void) {
  let last = Number.NEGATIVE_INFINITY
  return (progress: Progress) => {
    const isCheck = 'heldOut' in progress
    if (!isCheck && performance.now() - last < REPORTED) return
    last = performance.now()
    onProgress(progress)
  }
}

async function failure(lost: Promise<string>): Promise<never> {
  throw new LeafError(
    'training',
    `The graphics device was lost while it trained (${await lost}).`,
    "Train again; if it happens again, with the backends ['wasm'].",
  )
}

expose(worker)
