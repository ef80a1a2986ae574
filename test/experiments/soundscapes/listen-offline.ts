import { type Answers, merged } from '../../../src/cli/evaluate/answers.ts'
import { EventDecoder } from '../../../src/events/index.ts'
import { geometryOf } from '../../../src/frontend/index.ts'
import { type LoadedClassifier, stepSeconds, WindowQueue } from '../../../src/inference/index.ts'
import type { Decoding, Model } from '../../../src/model/index.ts'
import { compilePlan } from '../../../src/plan/index.ts'
import { Engine } from '../../../worklet/index.ts'
import type { TimedEvent } from './event-score.ts'

/** An event as a listener tells it. */
export interface ToldEvent extends TimedEvent {
  /** Seconds of sound that had been heard when its onset was told; that of its end where it had none. */
  readonly told: number
}

const BLOCK = 128

/** Hears a sound as the live page does, block by block, and tells its events by their labels after the map. */
export async function listenOffline(
  model: Model,
  classifier: LoadedClassifier,
  { labels, places }: Answers,
  sound: Float32Array,
): Promise<ToldEvent[]> {
  const plan = compilePlan(model.frontend)
  const { windowLength } = geometryOf(model.frontend)
  const engine = new Engine(plan, null)
  const queue = new WindowQueue(model, 8)
  const decoding: Decoding = {
    ...model.decoding,
    labels: places.map(([first]) => model.decoding.labels[first]),
  }
  const decoder = new EventDecoder(labels, decoding, stepSeconds(model))
  const window = new Float32Array(model.classifier.windowFrames * plan.channels)
  const told = new Map<string, number>()
  const events: ToldEvent[] = []
  const keep = (some: readonly TimedEvent[], now: number) => {
    for (const { label, start, end } of some)
      events.push({ label, start, end, told: told.get(`${label} ${start}`) ?? now })
  }
  const take = (index: number, values: Float32Array) =>
    queue.push(index, (plan.frameCenter + index * plan.hop) / plan.sampleRate, values)
  for (let at = 0; at < sound.length; at += BLOCK) {
    engine.push(sound.subarray(at, at + BLOCK), take)
    for (let times = queue.take(window); times; times = queue.take(window)) {
      const now = Math.min(sound.length, at + BLOCK) / plan.sampleRate
      const scores = await classifier.infer(window, 1)
      keep(decoder.push(times.center, merged(scores, places)), now)
      for (const onset of decoder.onsets) told.set(`${onset.label} ${onset.start}`, now)
    }
  }
  const seconds = sound.length / plan.sampleRate
  keep(decoder.finish(seconds - windowLength / plan.sampleRate), seconds)
  return events
}
