import { setBackend } from '@tensorflow/tfjs-core'
import type { FrontendDescription } from '../../frontend/index.ts'
import { FixedFrontend } from '../../gradient/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import type { Model } from '../../model/index.ts'
import { bestThresholds, confusion } from '../evaluation/index.ts'
import { exportModel } from '../network/index.ts'
import { windowsOf } from '../training/index.ts'
import { teachingCard } from './card.ts'
import type { LabelledSound } from './labelled-sound.ts'
import type { Split } from './split.ts'
import type { Learned } from './stage.ts'
import type { Taught } from './taught.ts'
import type { TeachOptions } from './teach-options.ts'
import { type Canvas, TeachingExamples } from './teaching-examples.ts'

interface TaughtParts {
  readonly base: Model
  readonly split: Split
  readonly canvas: Canvas
  readonly options: TeachOptions
  readonly hooks: { readonly stop?: AbortSignal }
}

/** Fewest held-out examples of a label for a threshold of its own. Chosen, not fitted. */
const MIN_EXAMPLES = 3
/** Probe windows in the model file, one per class. Chosen, not fitted. */
const PROBES = 3

/** Exports the trained model; the probe's scores are computed on the WebAssembly backend. */
export async function taughtModel(parts: TaughtParts, learned: Learned, seconds: number): Promise<Taught> {
  const { base, split, canvas, options, hooks } = parts
  const { classifier, frontend, scores, measure } = learned
  const { labels, shared } = split
  const targets = split.heldOut.flatMap((own, label) =>
    own.map(() => Float32Array.from(labels, (_, i) => Number(i === label))),
  )
  await setBackend('wasm')
  const model = await buildLayersModel(classifier)
  const bytes = exportModel(model, {
    frontend,
    windowFrames: classifier.windowFrames,
    hopFrames: classifier.hopFrames,
    labels,
    thresholds: bestThresholds(scores, targets, MIN_EXAMPLES),
    probes: probeWindows(frontend, split.heldOut, canvas, classifier.windowFrames),
    card: teachingCard(base, {
      ...options,
      learned: split.learned.flat().length,
      heldOut: targets.length,
      measure,
    }),
    before: base.classifier.weights,
  })
  model.dispose()
  return {
    model: bytes,
    labels,
    frontend,
    ...measure,
    confusion: confusion(scores, targets),
    shared,
    stopped: hooks.stop?.aborted ?? false,
    seconds,
  }
}

function probeWindows(
  frontend: FrontendDescription,
  heldOut: readonly (readonly LabelledSound[])[],
  canvas: Canvas,
  windowFrames: number,
): Float32Array[] {
  const fixed = new FixedFrontend(frontend, canvas.samples)
  const one = heldOut.slice(0, PROBES).map((own) => own.slice(0, 1))
  return [...new TeachingExamples(one, canvas, 0).plain()].map((example) =>
    windowsOf(fixed, [example], windowFrames),
  )
}
