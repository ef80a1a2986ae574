import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { type Model, readModel } from '../../src/model/index.ts'
import { isSame } from '../common/index.ts'
import { isBackground, keptModel, ownExamples } from '../examples/index.ts'

/** What is adapted: the user's own model, and the sounds that it knows. */
export interface Subject {
  /** The model file. */
  readonly bytes: Uint8Array
  readonly model: Model
  readonly examples: ExampleStore
  /** Labels of sounds that are the room when nothing happens. */
  readonly quiet: readonly string[]
}

/** The model that was taught in this browser, else one that was loaded; null where there is none. @throws LeafError `model-file` */
export async function ownSubject(): Promise<Subject | null> {
  const bytes = (await keptModel('taught')) ?? (await keptModel('opened'))
  if (!bytes) return null
  const model = readModel(bytes)
  const quiet = model.labels.filter(isBackground)
  return { bytes, model, quiet, examples: await ownExamples(model.frontend.sampleRate) }
}

/** The model that was kept after it was adapted, if it is this one with another PCEN. */
export async function keptAdapted({ model }: Subject): Promise<Model | null> {
  const bytes = await keptModel('adapted')
  if (!bytes) return null
  const adapted = readModel(bytes)
  return isSameClassifier(adapted, model) ? adapted : null
}

/** Its name for people, and how much there is to learn from. */
export function subjectText({ model, examples }: Subject): string {
  const count = examples.list().filter(({ label }) => model.labels.includes(label)).length
  return `Your model: ${model.labels.join(', ')} · ${count} examples`
}

/** Whether two models answer alike: the windows and scores that a file carries are those of its classifier. */
function isSameClassifier(one: Model, other: Model): boolean {
  return isSame(one.probe.input, other.probe.input) && isSame(one.probe.output, other.probe.output)
}
