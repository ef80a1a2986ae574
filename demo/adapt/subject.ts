import { readModelInWorker } from '../../src/audio/index.ts'
import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import type { Model } from '../../src/model/index.ts'
import { isSame } from '../common/index.ts'
import { isBackground, ownExamples } from '../examples/index.ts'
import { fileOf, keptModels, type OfferedModel, offeredModels, shippedModels } from '../library/index.ts'

/** What is adapted: a model, and the examples of the sounds that it knows. */
export interface Subject {
  readonly offered: OfferedModel
  /** The model file. */
  readonly bytes: Uint8Array
  readonly model: Model
  readonly examples: ExampleStore
  /** Labels of sounds that are the room when nothing happens. */
  readonly quiet: readonly string[]
}

/** What can be adapted: models of this browser, the one chosen last first, and the page's. */
export async function offeredSubjects(): Promise<OfferedModel[]> {
  const own = await offeredModels()
  // What was adapted already comes after what it was made of.
  const isAdapted = ({ record }: OfferedModel) => record?.origin === 'adapted'
  return [...own.filter((model) => !isAdapted(model)), ...own.filter(isAdapted), ...shippedModels]
}

/** @throws LeafError of its file */
export async function subjectOf(offered: OfferedModel): Promise<Subject> {
  const bytes = await offered.load()
  const model = await readModelInWorker(bytes)
  const quiet = model.labels.filter(isBackground)
  return { offered, bytes, model, quiet, examples: await ownExamples(model.frontend.sampleRate) }
}

/** The model that was kept last after it was adapted, of those that are this one with another PCEN. */
export async function keptAdapted({ model, offered }: Subject): Promise<Model | null> {
  for (const record of await keptModels()) {
    if (record.origin !== 'adapted' || record.id === offered.record?.id) continue
    const adapted = await readModelInWorker(await fileOf(record))
    if (isSameClassifier(adapted, model)) return adapted
  }
  return null
}

/** Its name for people, and how much there is to learn from. */
export function subjectText({ offered, model, examples }: Subject): string {
  const count = examples.list().filter(({ label }) => model.labels.includes(label)).length
  const whose = offered.record ? 'Your model' : 'The page’s model'
  return `${whose}: ${model.labels.join(', ')} · ${count} examples`
}

/** Whether two models answer alike: the windows and scores that a file carries are those of its classifier. */
function isSameClassifier(one: Model, other: Model): boolean {
  return isSame(one.probe.input, other.probe.input) && isSame(one.probe.output, other.probe.output)
}
