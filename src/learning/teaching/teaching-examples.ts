import { type FrontendDescription, frameCount, geometryOf, samplesFor } from '../../frontend/index.ts'
import type { ExampleSource, SoundExample } from '../examples/index.ts'
import { type Random, streams } from '../random/index.ts'
import { Augmentation, decibels, keepInScale, scale } from '../sound/index.ts'
import { type LabelledSound, toFloat32 } from './labelled-sound.ts'

/** How a sound is laid before a classifier. */
export interface Canvas {
  /** Hz */
  readonly sampleRate: number
  /** A second, or as many as the classifier's window needs. */
  readonly samples: number
  /** Frame at which the window begins: it lies in the middle. */
  readonly firstFrame: number
}

const GAIN_DB = 6
/** dBFS of the noise under an example. */
const FLOOR_DB = [-80, -60] as const
/** Seconds by which an example is moved to either side. */
const SHIFT = 0.15

/** @param windowFrames frames of the classifier's window */
export function canvasOf(frontend: FrontendDescription, windowFrames: number): Canvas {
  const geometry = geometryOf(frontend)
  const { sampleRate } = geometry
  const samples = Math.max(sampleRate, samplesFor(geometry, windowFrames))
  return { sampleRate, samples, firstFrame: (frameCount(geometry, samples) - windowFrames) >> 1 }
}

/** A sound from sample `start` of a canvas on, which may lie before it; silence around it. */
export function laidOn(samples: number, sound: Float32Array, start: number): Float32Array {
  const canvas = new Float32Array(samples)
  const part = sound.subarray(Math.max(0, -start), Math.max(0, samples - start))
  canvas.set(part, Math.max(0, start))
  return canvas
}

/** Examples of named classes; each class is as likely as any other. What is made depends on the seed and indices. */
export class TeachingExamples implements ExampleSource {
  readonly #classes: readonly (readonly LabelledSound[])[]
  readonly #canvas: Canvas
  readonly #seed: number
  readonly #augmentation: Augmentation

  /** @param classes at least one sound of each */
  constructor(classes: readonly (readonly LabelledSound[])[], canvas: Canvas, seed: number) {
    this.#classes = classes
    this.#canvas = canvas
    this.#seed = seed
    this.#augmentation = new Augmentation(canvas.sampleRate, streams.augmentationNoise(seed))
  }

  /** One by chance, changed. */
  make(index: number): SoundExample {
    const random = streams.example(this.#seed, index)
    const label = random.below(this.#classes.length)
    const own = this.#classes[label]
    return this.#changed(own[random.below(own.length)], label, random)
  }

  /** Every one as it is, in the middle, with the faintest noise under it, which no microphone lacks. */
  *plain(): Generator<SoundExample> {
    for (const { one, label, place } of this.#each()) {
      const sound = toFloat32(one.sound)
      const { samples } = this.#canvas
      const canvas = laidOn(samples, sound, Math.round((samples - sound.length) / 2))
      this.#augmentation.noiseUnder(canvas, FLOOR_DB[0], streams.heldOutFloor(this.#seed, place))
      yield this.#example(canvas, label)
    }
  }

  /** Every one `variants` times, changed. */
  *changed(variants: number): Generator<SoundExample> {
    for (const { one, label, place } of this.#each()) {
      for (let i = 0; i < variants; i++)
        yield this.#changed(one, label, streams.embeddedCopy(this.#seed, place, i))
    }
  }

  *#each() {
    let place = 0
    for (const [label, own] of this.#classes.entries())
      for (const one of own) yield { one, label, place: place++ }
  }

  /** Another level, place and noise. */
  #changed({ sound: given }: LabelledSound, label: number, random: Random): SoundExample {
    const { samples, sampleRate } = this.#canvas
    const sound = toFloat32(given)
    const spare = samples - sound.length
    const reach = SHIFT * sampleRate
    const start = Math.round(random.between(Math.min(spare, 0) - reach, Math.max(spare, 0) + reach))
    const canvas = laidOn(samples, sound, start)
    scale(canvas, decibels(random.between(-GAIN_DB, GAIN_DB)))
    this.#augmentation.noiseUnder(canvas, random.between(...FLOOR_DB), random)
    keepInScale(canvas)
    return this.#example(canvas, label)
  }

  #example(sound: Float32Array, label: number): SoundExample {
    const target = new Float32Array(this.#classes.length)
    target[label] = 1
    return { sound, firstFrame: this.#canvas.firstFrame, target }
  }
}
