import { type FrontendDescription, frameCount, geometryOf, samplesFor } from '../../frontend/index.ts'
import type { ExampleSource, SoundExample } from '../examples/index.ts'
import { type Random, streams } from '../random/index.ts'
import { Augmentation, decibels, keepInScale, scale } from '../sound/index.ts'
import { type LabelledSound, toFloat32 } from './labelled-sound.ts'

/** Layout of a sound in the classifier's input. */
export interface Canvas {
  /** Hz */
  readonly sampleRate: number
  /** One second, or what the classifier's window needs if longer. */
  readonly samples: number
  /** First frame of the window, which is centred. */
  readonly firstFrame: number
}

// Ranges of the augmentation are chosen, not fitted.
/** Random gain, ± dB. */
const GAIN_DB = 6
/** Level of the added noise, dBFS. */
const NOISE_DB = [-80, -60] as const
/** Random time shift, ± seconds. */
const SHIFT = 0.15

/** @param windowFrames frames of the classifier's window */
export function canvasOf(frontend: FrontendDescription, windowFrames: number): Canvas {
  const geometry = geometryOf(frontend)
  const { sampleRate } = geometry
  const samples = Math.max(sampleRate, samplesFor(geometry, windowFrames))
  return { sampleRate, samples, firstFrame: (frameCount(geometry, samples) - windowFrames) >> 1 }
}

/** Places a sound at sample `start`, which may be negative, of a zero-padded canvas; trims what does not fit. */
export function padOrTrim(samples: number, sound: Float32Array, start: number): Float32Array {
  const canvas = new Float32Array(samples)
  const part = sound.subarray(Math.max(0, -start), Math.max(0, samples - start))
  canvas.set(part, Math.max(0, start))
  return canvas
}

/** Augmented examples, classes with equal probability; each is a function of the seed and its index. */
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

  /** A random example, augmented. */
  make(index: number): SoundExample {
    const random = streams.example(this.#seed, index)
    const label = random.below(this.#classes.length)
    const own = this.#classes[label]
    return this.#augmented(own[random.below(own.length)], label, random)
  }

  /** Every example once: centred, not augmented, with noise at a microphone's floor. */
  *plain(): Generator<SoundExample> {
    for (const { one, label, index } of this.#each()) {
      const sound = toFloat32(one.sound)
      const { samples } = this.#canvas
      const canvas = padOrTrim(samples, sound, Math.round((samples - sound.length) / 2))
      this.#augmentation.noiseUnder(canvas, NOISE_DB[0], streams.heldOutFloor(this.#seed, index))
      yield this.#example(canvas, label)
    }
  }

  /** Every example `copies` times, augmented. */
  *augmented(copies: number): Generator<SoundExample> {
    for (const { one, label, index } of this.#each()) {
      for (let i = 0; i < copies; i++)
        yield this.#augmented(one, label, streams.embeddedCopy(this.#seed, index, i))
    }
  }

  *#each() {
    let index = 0
    for (const [label, own] of this.#classes.entries())
      for (const one of own) yield { one, label, index: index++ }
  }

  /** Random time shift, gain and noise. */
  #augmented({ sound: given }: LabelledSound, label: number, random: Random): SoundExample {
    const { samples, sampleRate } = this.#canvas
    const sound = toFloat32(given)
    const spare = samples - sound.length
    const reach = SHIFT * sampleRate
    const start = Math.round(random.between(Math.min(spare, 0) - reach, Math.max(spare, 0) + reach))
    const canvas = padOrTrim(samples, sound, start)
    scale(canvas, decibels(random.between(-GAIN_DB, GAIN_DB)))
    this.#augmentation.noiseUnder(canvas, random.between(...NOISE_DB), random)
    keepInScale(canvas)
    return this.#example(canvas, label)
  }

  #example(sound: Float32Array, label: number): SoundExample {
    const target = new Float32Array(this.#classes.length)
    target[label] = 1
    return { sound, firstFrame: this.#canvas.firstFrame, target }
  }
}
