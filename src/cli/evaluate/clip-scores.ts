import { Engine } from '../../../worklet/index.ts'
import { geometryOf, samplesFor } from '../../frontend/index.ts'
import type { LoadedClassifier } from '../../inference/index.ts'
import { ClipResampler, decodeClip } from '../../learning/data/index.ts'
import { streams } from '../../learning/random/index.ts'
import { add, decibels, noise } from '../../learning/sound/index.ts'
import type { Model } from '../../model/index.ts'
import { compilePlan } from '../../plan/index.ts'

/** Noise under every clip, dBFS, as where models are trained: a microphone has a floor. */
const FLOOR = -80
/** Windows that are scored at once. */
const BATCH = 32

/** A model's scores of whole clips: the mean over their windows, the last one at a clip's end. */
export class ClipScores {
  readonly #model: Model
  readonly #classifier: Pick<LoadedClassifier, 'infer'>
  readonly #engine: Engine
  readonly #resampler: ClipResampler
  #clips = 0

  constructor(model: Model, classifier: Pick<LoadedClassifier, 'infer'>) {
    this.#model = model
    this.#classifier = classifier
    this.#engine = new Engine(compilePlan(model.frontend), null)
    this.#resampler = new ClipResampler(model.frontend.sampleRate)
  }

  /** @returns one score per label. @throws LeafError `audio-file` or `data-folder` naming the file */
  async of(path: string): Promise<Float32Array> {
    const windows = await this.windowsOf(path)
    return windows[0].map(
      (_, label) => windows.reduce((sum, scores) => sum + scores[label], 0) / windows.length,
    )
  }

  /** @returns of each window one score per label. @throws LeafError as `of` */
  async windowsOf(path: string): Promise<Float32Array[]> {
    const { classifier, frontend, labels } = this.#model
    const clip = await decodeClip(path, this.#resampler)
    const sound = new Float32Array(
      Math.max(clip.length, samplesFor(geometryOf(frontend), classifier.windowFrames)),
    )
    sound.set(clip)
    add(sound, noise(sound.length, 'white', streams.evaluationFloor(1, this.#clips++)), 0, decibels(FLOOR))
    const { frames, values } = this.#engine.clip(sound)
    const last = frames - classifier.windowFrames
    const count = Math.ceil(last / classifier.hopFrames) + 1
    const starts = Array.from({ length: count }, (_, i) => Math.min(i * classifier.hopFrames, last))
    const windows: Float32Array[] = []
    for (let first = 0; first < count; first += BATCH) {
      const some = starts.slice(first, first + BATCH)
      const scores = await this.#score(values, some)
      for (let i = 0; i < some.length; i++)
        windows.push(scores.slice(i * labels.length, (i + 1) * labels.length))
    }
    return windows
  }

  #score(values: Float32Array, starts: readonly number[]): Promise<Float32Array> {
    const { classifier, frontend } = this.#model
    const size = classifier.windowFrames * frontend.channels
    const windows = new Float32Array(starts.length * size)
    starts.forEach((start, i) => {
      windows.set(values.subarray(start * frontend.channels, start * frontend.channels + size), i * size)
    })
    return this.#classifier.infer(windows, starts.length)
  }
}
