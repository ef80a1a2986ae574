import { type BatchFrontend, FixedFrontend } from '../../gradient/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import type { Model } from '../../model/index.ts'
import type { Example, FeatureExample } from '../examples/index.ts'
import { type HeadedClassifier, withWeights } from '../network/index.ts'
import { refused } from '../refused.ts'
import { chooseFrontend } from '../training/index.ts'
import type { TeachingChoice } from './choice.ts'
import { discriminant } from './discriminant.ts'
import { EmbeddedExamples, embed, lastLayer } from './embedding.ts'
import { withTaughtHead } from './intermediate-features.ts'
import type { LabelledSound } from './labelled-sound.ts'
import { createPause } from './pause.ts'
import type { EmbeddingProgress } from './progress.ts'
import { augmentedCopies, fineTuningSettings, headSettings, SHRINKAGE } from './settings.ts'
import { type Split, splitExamples } from './split.ts'
import { type Learned, runStage, type StageHooks } from './stage.ts'
import type { Taught } from './taught.ts'
import { taughtModel } from './taught-model.ts'
import type { TeachOptions } from './teach-options.ts'
import { type Canvas, canvasOf, TeachingExamples } from './teaching-examples.ts'

interface Work {
  readonly base: Model
  readonly split: Split
  readonly head: HeadedClassifier
  readonly canvas: Canvas
  readonly options: TeachOptions
  readonly hooks: TeachHooks
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>
}

export interface TeachHooks extends Omit<StageHooks, 'pause'> {
  readonly onEmbedding?: (progress: EmbeddingProgress) => void
}

/** Held-out share of the examples. Chosen, not fitted. */
const HELD_OUT = 0.2
/** Sounds per embedding batch; bounds memory and the delay until `stop` is seen. */
const EMBEDDING_BATCH = 8

/**
 * Transfer learning: trains a new last layer on the base model's embeddings, then optionally fine-tunes PCEN or the whole
 * model. Runs in Node and in the browser, on the active TensorFlow.js backend.
 *
 * @param base with a classifier that ends in a dense layer
 * @returns the best checkpoint on held-out examples; null if stopped before anything was trained
 * @throws LeafError `arguments` for invalid examples or choice, `model-file` for an unsuitable base, `training` if the
 * loss or a gradient is not finite
 */
export async function teach(
  base: Model,
  sounds: readonly LabelledSound[],
  options: TeachOptions,
  hooks: TeachHooks = {},
): Promise<Taught | null> {
  const began = performance.now()
  const split = splitExamples(sounds, base.frontend.sampleRate, options.seed, HELD_OUT)
  const work: Work = {
    base,
    split,
    head: withTaughtHead(base, split.labels.length),
    canvas: canvasOf(base.frontend, base.classifier.windowFrames),
    options,
    hooks,
    pause: createPause(),
  }
  const tunable = options.learn === 'head' ? undefined : trainableFrontend(work)
  const first = await trainHead(work)
  if (first === null) return null
  const second = tunable && !hooks.stop?.aborted ? await fineTune(work, tunable, first) : null
  // Fine-tuning that lowers held-out accuracy is discarded.
  const best = second && second.measure.accuracy >= first.measure.accuracy ? second : first
  return taughtModel(work, best, (performance.now() - began) / 1000)
}

/** @throws LeafError `arguments` for a compression without parameters */
function trainableFrontend({ base, canvas, options }: Work): BatchFrontend {
  const isAll = options.learn === 'everything'
  const frontend = chooseFrontend(base.frontend, canvas.samples, isAll ? 'all' : 'compression')
  if (isAll || frontend.parameters.some(({ part }) => part === 'compression')) return frontend
  throw refused(
    `The frontend has the compression ${base.frontend.compression.kind}, which has nothing to learn.`,
    'Choose to learn the head or everything, or begin with a model with PCEN.',
  )
}

async function trainHead(work: Work): Promise<Learned | null> {
  const { base, split, head, canvas, options, hooks, pause } = work
  const { seed, learn, steps } = options
  const labels = split.labels.length
  const frontend = new FixedFrontend(base.frontend, canvas.samples)
  const whole = await buildLayersModel(head.classifier)
  const count = split.learned.flat().length
  const copies = augmentedCopies(count)
  const of = copies * count + split.heldOut.flat().length
  let done = 0
  const embedded = async (examples: Iterable<Example>): Promise<FeatureExample[]> => {
    const embeddings: FeatureExample[] = []
    for (const batch of batches(examples, EMBEDDING_BATCH)) {
      if (hooks.stop?.aborted) break
      embeddings.push(...(await embed(frontend, whole, batch)))
      done += batch.length
      hooks.onEmbedding?.({ stage: 'embedding', done, of })
      await pause()
    }
    return embeddings
  }
  const learned = await embedded(new TeachingExamples(split.learned, canvas, seed).augmented(copies))
  const heldOut = await embedded(new TeachingExamples(split.heldOut, canvas, seed).plain())
  whole.dispose()
  if (hooks.stop?.aborted) return null
  const start = await discriminant(learned, heldOut, SHRINKAGE, pause)
  if (hooks.stop?.aborted) return null
  const result = await runStage(
    {
      stage: 'head',
      frontend,
      model: lastLayer(head.name, head.inputs, labels, start),
      source: new EmbeddedExamples(learned, labels, seed),
      heldOut,
      settings: headSettings(learn === 'head' ? steps : undefined),
      seed,
    },
    { ...hooks, pause },
  )
  return result && { ...result, classifier: withWeights(head.classifier, result.weights) }
}

async function fineTune(work: Work, frontend: BatchFrontend, first: Learned): Promise<Learned | null> {
  const { split, canvas, options, hooks, pause } = work
  const { seed, learn, steps } = options
  const result = await runStage(
    {
      stage: 'fine-tuning',
      frontend,
      model: await buildLayersModel(first.classifier),
      source: new TeachingExamples(split.learned, canvas, seed),
      heldOut: [...new TeachingExamples(split.heldOut, canvas, seed).plain()],
      settings: fineTuningSettings(
        learn as Exclude<TeachingChoice, 'head'>,
        split.learned.flat().length,
        steps,
      ),
      seed,
    },
    { ...hooks, pause },
  )
  return result && { ...result, classifier: withWeights(first.classifier, result.weights) }
}

function* batches<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let group: Item[] = []
  for (const item of items) {
    group.push(item)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
