// The classifier's module worker: TensorFlow.js lives here and nowhere else in a page.
import { expose } from 'comlink'
import { LeafError } from '../error.ts'
import type { Threshold } from '../events/index.ts'
import { type FrameInlet, openFrames } from '../frame-channel/index.ts'
import { type Model, readModel, selectHeads } from '../model/index.ts'
import { chooseBackend, type LoadedClassifier } from './backend.ts'
import { browserBackends } from './backends/order.ts'
import { answer, type ClassifierWorker, type LoadOptions, type ResultSink } from './protocol.ts'
import { Scoring } from './scoring.ts'

interface Loaded extends Pick<LoadOptions, 'queueWindows' | 'thresholds'> {
  model: Model
  classifier: LoadedClassifier
}

let loaded: Loaded | null = null
let scoring: Scoring | null = null

const worker: ClassifierWorker = {
  load: ({ model: bytes, heads, backends, wasmPath, queueWindows, thresholds }: LoadOptions) =>
    answer(async () => {
      const model = selectHeads(readModel(bytes), heads)
      const classifier = await chooseBackend(model, browserBackends(backends, wasmPath))
      loaded = { model, classifier, queueWindows, thresholds }
      return { backend: classifier.backend, attempts: classifier.attempts }
    }),

  run: (inlet: FrameInlet, sink: ResultSink) =>
    answer(() => {
      const { model, classifier, queueWindows, thresholds } = loaded!
      const { channels } = model.frontend
      if (inlet.channels !== channels) {
        throw new LeafError(
          'classifier',
          `The frames have ${inlet.channels} channels, the model takes ${channels}.`,
          "Create the node with the model's own frontend.",
        )
      }
      scoring = new Scoring(model, classifier, openFrames(inlet), sink, queueWindows)
      for (const threshold of thresholds) scoring.setThreshold(threshold)
      return null
    }),

  setThreshold: (threshold: Threshold) =>
    answer(() => {
      scoring!.setThreshold(threshold)
      return null
    }),

  measure: () =>
    scoring?.measure() ?? {
      queue: 0,
      queueDropped: 0,
      inferences: 0,
      inferenceTime: null,
      backend: loaded?.classifier.backend ?? null,
    },

  async stop() {
    await scoring?.stop()
  },
}

expose(worker)
