import type { Sequential } from '@tensorflow/tfjs-layers'
import { type BatchFrontend, FixedFrontend } from '../../gradient/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import type { Model } from '../../model/index.ts'
import type { Example, FeatureExample } from '../examples/index.ts'
import { refused } from '../refused.ts'
import { chooseFrontend } from '../training/index.ts'
import type { TeachingChoice } from './choice.ts'
import { discriminant } from './discriminant.ts'
import { EmbeddedExamples, embed, lastLayer } from './embedding.ts'
import type { LabelledSound } from './labelled-sound.ts'
import { type HeadedClassifier, withNewHead, withWeights } from './new-head.ts'
import { createPause } from './pause.ts'
import type { EmbeddingProgress } from './progress.ts'
import { headStage, secondStage, variantsOf } from './settings.ts'
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
  /** Lets the thread hear its messages. */
  readonly pause: () => Promise<void>
}

export interface TeachHooks extends Omit<StageHooks, 'pause'> {
  readonly onEmbedding?: (progress: EmbeddingProgress) => void
}

/** Share of the examples that nothing is learned from. */
const HELD_OUT = 0.2
/** Sounds that are embedded at a time. */
const EMBEDDED = 8

/**
 * Teaches a model new classes: a last layer for them on what the rest of the model makes of the examples, and then, as
 * chosen, the compression or everything learns on. Runs in Node and in a page, on the TensorFlow.js backend in use.
 *
 * @param base a model file with a classifier that ends in a dense layer
 * @returns the best on held-out examples; null when it was stopped before anything was learned
 * @throws LeafError `arguments` for examples or a choice that do not fit, `model-file` for a base that does not,
 * `training` when numbers are not finite
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
    head: withNewHead(base, split.labels.length),
    canvas: canvasOf(base.frontend, base.classifier.windowFrames),
    options,
    hooks,
    pause: createPause(),
  }
  const tuned = options.learn === 'head' ? undefined : tunedFrontend(work)
  const first = await learnHead(work)
  if (first === null) return null
  const second = tuned && !hooks.stop?.aborted ? await learnOn(work, tuned, first) : null
  // Fewer parameters are the better guess where more of them tell less apart.
  const best = second && second.measure.accuracy >= first.measure.accuracy ? second : first
  return taughtModel(work, best, (performance.now() - began) / 1000)
}

/** @throws LeafError `arguments` for a compression that has nothing to learn */
function tunedFrontend({ base, canvas, options }: Work): BatchFrontend {
  const isAll = options.learn === 'everything'
  const frontend = chooseFrontend(base.frontend, canvas.samples, isAll ? 'all' : 'compression')
  if (isAll || frontend.parameters.some(({ part }) => part === 'compression')) return frontend
  throw refused(
    `The frontend has the compression ${base.frontend.compression.kind}, which has nothing to learn.`,
    'Choose to learn the head or everything, or begin with a model with PCEN.',
  )
}

async function learnHead(work: Work): Promise<Learned | null> {
  const { base, split, head, canvas, options, hooks, pause } = work
  const { seed, learn, steps } = options
  const labels = split.labels.length
  const frontend = new FixedFrontend(base.frontend, canvas.samples)
  const whole = await buildLayersModel(head.classifier)
  const count = split.learned.flat().length
  const variants = variantsOf(count)
  const of = variants * count + split.heldOut.flat().length
  let done = 0
  const embedded = async (examples: Iterable<Example>): Promise<FeatureExample[]> => {
    const embeddings: FeatureExample[] = []
    for (const some of inGroups(examples, EMBEDDED)) {
      if (hooks.stop?.aborted) break
      embeddings.push(...(await embed(frontend, whole, some)))
      done += some.length
      hooks.onEmbedding?.({ stage: 'embedding', done, of })
      await pause()
    }
    return embeddings
  }
  const learned = await embedded(new TeachingExamples(split.learned, canvas, seed).changed(variants))
  const heldOut = await embedded(new TeachingExamples(split.heldOut, canvas, seed).plain())
  whole.dispose()
  if (hooks.stop?.aborted) return null
  const start = await discriminant(learned, heldOut, pause)
  if (hooks.stop?.aborted) return null
  const result = await runStage(
    {
      stage: 'head',
      frontend,
      model: lastLayer(head.name, head.inputs, labels, start),
      source: new EmbeddedExamples(learned, labels, seed),
      heldOut,
      settings: headStage(learn === 'head' ? steps : undefined),
      seed,
    },
    { ...hooks, pause },
  )
  return result && { ...result, classifier: withWeights(head.classifier, result.weights) }
}

async function learnOn(work: Work, frontend: BatchFrontend, first: Learned): Promise<Learned | null> {
  const { split, canvas, options, hooks, pause } = work
  const { seed, learn, steps } = options
  const result = await runStage(
    {
      stage: 'fine-tuning',
      frontend,
      model: (await buildLayersModel(first.classifier)) as Sequential,
      source: new TeachingExamples(split.learned, canvas, seed),
      heldOut: [...new TeachingExamples(split.heldOut, canvas, seed).plain()],
      settings: secondStage(learn as Exclude<TeachingChoice, 'head'>, split.learned.flat().length, steps),
      seed,
    },
    { ...hooks, pause },
  )
  return result && { ...result, classifier: withWeights(first.classifier, result.weights) }
}

function* inGroups<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let group: Item[] = []
  for (const item of items) {
    group.push(item)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
