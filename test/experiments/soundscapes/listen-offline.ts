import { decibelsOf, LEVEL_SIZE } from '../../../demo/desk/decibels.ts'
import { type Answers, merged } from '../../../src/cli/evaluate/answers.ts'
import { type DetectedEvent, EventDecoder } from '../../../src/events/index.ts'
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
  /** Its highest smoothed score. */
  readonly confidence: number
}

/** The scores of a sound as the live page computes them; times in seconds. */
export interface ScoredSound {
  readonly windows: readonly {
    /** Of the window. */
    readonly center: number
    /** Of the sound, when the window was there. */
    readonly now: number
    /** dBFS, then, as the page measures it. */
    readonly level: number
    /** Of the answers. */
    readonly scores: Float32Array
  }[]
  readonly seconds: number
  /** Where the last frame's window ends. */
  readonly end: number
}

const BLOCK = 128
/** What the page's meter spans where sound runs at 48 kHz. */
const LEVEL_SECONDS = LEVEL_SIZE / 48000

/** Hears a sound block by block. */
export async function scoreOffline(
  model: Model,
  classifier: LoadedClassifier,
  { places }: Answers,
  sound: Float32Array,
): Promise<ScoredSound> {
  const plan = compilePlan(model.frontend)
  const { windowLength } = geometryOf(model.frontend)
  const engine = new Engine(plan, null)
  const queue = new WindowQueue(model, 8)
  const window = new Float32Array(model.classifier.windowFrames * plan.channels)
  const windows: ScoredSound['windows'][number][] = []
  const take = (index: number, values: Float32Array) =>
    queue.push(index, (plan.frameCenter + index * plan.hop) / plan.sampleRate, values)
  for (let at = 0; at < sound.length; at += BLOCK) {
    engine.push(sound.subarray(at, at + BLOCK), take)
    for (let times = queue.take(window); times; times = queue.take(window)) {
      const scores = merged(await classifier.infer(window, 1), places)
      const heard = Math.min(sound.length, at + BLOCK)
      const level = decibelsOf(sound.subarray(Math.max(0, heard - LEVEL_SECONDS * plan.sampleRate), heard))
      windows.push({ center: times.center, now: heard / plan.sampleRate, level, scores })
    }
  }
  const seconds = sound.length / plan.sampleRate
  return { windows, seconds, end: seconds - windowLength / plan.sampleRate }
}

/** The events that a listener tells of a sound, by the answers' labels. */
export function decodeOffline(
  { windows, seconds, end }: ScoredSound,
  { labels }: Answers,
  decoding: Decoding,
  step: number,
): ToldEvent[] {
  const decoder = new EventDecoder(labels, decoding, step)
  const told = new Map<string, number>()
  const events: ToldEvent[] = []
  const keep = (some: readonly DetectedEvent[], now: number) => {
    for (const { label, start, end: last, confidence } of some)
      events.push({ label, start, end: last, confidence, told: told.get(`${label} ${start}`) ?? now })
  }
  for (const { center, now, scores } of windows) {
    keep(decoder.push(center, scores), now)
    for (const onset of decoder.onsets) told.set(`${onset.label} ${onset.start}`, now)
  }
  keep(decoder.finish(end), seconds)
  return events
}

/** A model's decoding of the answers' labels: that of the first of its own labels that count as one. */
export function decodingOf({ decoding }: Model, { places }: Answers): Decoding {
  return { ...decoding, labels: places.map(([first]) => decoding.labels[first]) }
}

/** Hears a sound as the live page does, and tells its events. */
export async function listenOffline(
  model: Model,
  classifier: LoadedClassifier,
  answers: Answers,
  sound: Float32Array,
): Promise<ToldEvent[]> {
  const scored = await scoreOffline(model, classifier, answers, sound)
  return decodeOffline(scored, answers, decodingOf(model, answers), stepSeconds(model))
}
