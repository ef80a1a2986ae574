// The classifier's module worker: TensorFlow.js lives here and nowhere else in a page.
import { expose } from 'comlink'
import { answer } from '../answer.ts'
import { LeafError } from '../error.ts'
import { type DecodingOptions, labelNames } from '../events/index.ts'
import { type FrameInlet, openFrames } from '../frame-channel/index.ts'
import { browserBackends } from '../inference/browser.ts'
import { chooseBackend, type LoadedClassifier } from '../inference/index.ts'
import { type Model, readModel, selectHeads } from '../model/index.ts'
import { detectWhole } from './detect-whole.ts'
import type { ClassifierWorker, DetectSink, DetectTask, Legacy, LoadOptions, ResultSink } from './protocol.ts'
import { Scoring } from './scoring.ts'

interface Loaded extends Pick<LoadOptions, 'queueWindows' | 'decoding'> {
  model: Model
  classifier: LoadedClassifier
}

let loaded: Loaded | null = null
let scoring: Scoring | null = null

const worker: ClassifierWorker = {
  load: ({ model: bytes, heads, backends, wasmPath, queueWindows, channels, decoding }: LoadOptions) =>
    answer(async () => {
      const model = selectHeads(readModel(bytes), heads)
      if (channels !== model.frontend.channels)
        throw new LeafError(
          'classifier',
          `The frames have ${channels} channels, the model takes ${model.frontend.channels}.`,
          "Create the node with the model's own frontend.",
        )
      const classifier = await chooseBackend(model, browserBackends(backends, wasmPath))
      loaded = { model, classifier, queueWindows, decoding }
      const { backend, attempts, inferenceTime } = classifier
      const names = labelNames(model.labels, model.heads)
      return { choice: { backend, attempts }, names, decoding: model.decoding, inferenceTime }
    }),

  run(inlet: FrameInlet, legacy: Legacy | null, sink: ResultSink) {
    const { model, classifier, queueWindows, decoding } = loaded!
    const past = legacy?.frontend === frontendOf(model) ? legacy.past : null
    scoring = new Scoring(model, classifier, openFrames(inlet), sink, queueWindows, past)
    scoring.setOptions(decoding)
  },

  setOptions: (options: DecodingOptions) =>
    answer(() => {
      scoring!.setOptions(options)
      return null
    }),

  detect: (task: DetectTask, sink: DetectSink) => answer(() => detectWhole(task, sink)),

  measure,

  async stop() {
    const past = await scoring?.stop()
    return {
      metrics: measure(),
      legacy: past && loaded ? { frontend: frontendOf(loaded.model), past } : null,
    }
  },
}

function measure() {
  return (
    scoring?.measure() ?? {
      queue: 0,
      queueDropped: 0,
      inferences: 0,
      inferenceTime: null,
      backend: loaded?.classifier.backend ?? null,
    }
  )
}

const frontendOf = ({ frontend }: Model): string => JSON.stringify(frontend)

expose(worker)
