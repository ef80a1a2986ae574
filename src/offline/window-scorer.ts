import { geometryOf } from '../frontend/index.ts'
import { type LoadedClassifier, WindowQueue } from '../inference/index.ts'
import type { Model } from '../model/index.ts'

const BATCH = 32

/** Called with the centre of each window in seconds, and one score per label, valid during the call only. */
type OnScores = (time: number, scores: Float32Array) => void

/** Length of a classifier's window in seconds. */
export function windowSeconds({ frontend, classifier }: Model): number {
  const { hop, sampleRate } = geometryOf(frontend)
  return (classifier.windowFrames * hop) / sampleRate
}

/** Cuts frames into the classifier's windows and scores them many at a time; none is dropped. */
export class WindowScorer {
  readonly #queue: WindowQueue
  readonly #size: number
  readonly #waiting: { time: number; window: Float32Array }[] = []

  constructor(
    model: Model,
    private readonly classifier: LoadedClassifier,
  ) {
    this.#queue = new WindowQueue(model, 1)
    this.#size = model.classifier.windowFrames * model.frontend.channels
  }

  /** Takes the next frame; the values are copied. */
  readonly take = (index: number, time: number, values: Float32Array): void => {
    this.#queue.push(index, time, values)
    if (this.#queue.waiting === 0) return
    const window = new Float32Array(this.#size)
    const times = this.#queue.take(window)
    if (times) this.#waiting.push({ time: times.center, window })
  }

  /** Scores the windows that fill whole batches. */
  async score(onScores: OnScores): Promise<void> {
    while (this.#waiting.length >= BATCH) await this.#scoreBatch(this.#waiting.splice(0, BATCH), onScores)
  }

  /** Scores what is left. */
  async scoreRest(onScores: OnScores): Promise<void> {
    await this.score(onScores)
    if (this.#waiting.length > 0) await this.#scoreBatch(this.#waiting.splice(0), onScores)
  }

  async #scoreBatch(batch: { time: number; window: Float32Array }[], onScores: OnScores): Promise<void> {
    const windows = new Float32Array(batch.length * this.#size)
    batch.forEach(({ window }, i) => {
      windows.set(window, i * this.#size)
    })
    const scores = await this.classifier.infer(windows, batch.length)
    const labels = scores.length / batch.length
    batch.forEach(({ time }, i) => {
      onScores(time, scores.subarray(i * labels, (i + 1) * labels))
    })
  }
}
