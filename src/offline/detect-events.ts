import { type DecodingOptions, type DetectedEvent, EventDecoder } from '../events/index.ts'
import { type LoadedClassifier, stepSeconds } from '../inference/index.ts'
import type { Model } from '../model/index.ts'
import { withRoomAround } from './quiet-room.ts'
import { type Sound, streamFrames } from './stream-frames.ts'
import { WindowScorer, windowSeconds } from './window-scorer.ts'

export interface OfflineScoring {
  /** How scores become events, where not as in the model. */
  readonly decoding?: DecodingOptions
  /** Scores each window as soon as it is whole, for sound that comes in real time; many at a time otherwise. */
  readonly prompt?: boolean
}

/**
 * The events of a sound, each as soon as it is over, by its end. They are those of the live path that hears the same
 * samples: here the sound between the noise of a quiet room, so that what happens at its ends is seen in whole windows.
 * Memory does not grow with the length.
 *
 * @param classifier of this model; not disposed of
 * @returns seconds from the beginning of the sound, cut to its length
 * @throws LeafError `arguments` for decoding that does not fit the model; whatever reading the sound throws
 */
export async function* detectEvents(
  model: Model,
  classifier: LoadedClassifier,
  { sampleRate, blocks }: Sound,
  { decoding = {}, prompt = false }: OfflineScoring = {},
): AsyncGenerator<DetectedEvent> {
  const decoder = new EventDecoder(model.labels, model.decoding, stepSeconds(model), model.heads)
  decoder.setOptions(decoding)
  const scorer = new WindowScorer(model, classifier)
  const margin = windowSeconds(model) / 2
  const halfStep = stepSeconds(model) / 2
  let samples = 0
  async function* counted(): AsyncGenerator<Float32Array> {
    for await (const block of blocks) {
      samples += block.length
      yield block
    }
  }
  let events: DetectedEvent[] = []
  const take = (time: number, scores: Float32Array) => {
    events.push(...decoder.push(time, scores))
  }
  function* told(): Generator<DetectedEvent> {
    for (const event of events) {
      const within = (time: number) => Math.min(Math.max(time - margin, 0), samples / sampleRate)
      const end = within(event.end)
      // An onset offset may reach beyond the end of the sound: what the live path tells there is told here too.
      const start = Math.min(within(event.start), Math.max(0, end - halfStep))
      // Without a sample there is only the room around.
      if (start < end) yield { ...event, start, end }
    }
    events = []
  }
  const surrounded = withRoomAround({ sampleRate, blocks: counted() }, margin)
  for await (const _block of streamFrames(model.frontend, surrounded, scorer.take)) {
    await (prompt ? scorer.scoreRest(take) : scorer.score(take))
    yield* told()
  }
  await scorer.scoreRest(take)
  events.push(...decoder.finish(margin + samples / sampleRate))
  yield* told()
}
