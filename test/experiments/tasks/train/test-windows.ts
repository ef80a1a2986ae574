import { streams } from '../../../../src/learning/random/index.ts'
import { Augmentation, decibels, scale } from '../../../../src/learning/sound/index.ts'
import { laidOut } from './canvas.ts'
import { raise } from './raise.ts'
import type { TaskClip } from './task-clips.ts'

/** Share of a window by which a clip may be longer before another window is laid over its end. */
const SPARE = 0.1
/** Every system and every seed hears the same test. */
const SEED = 1

export interface TestSoundOptions {
  readonly sampleRate: number
  /** Samples of a window. */
  readonly samples: number
  readonly floorDb: readonly [number, number]
  /** Whether every window is brought to the official level. */
  readonly raised?: true
}

/** The sounds on which a model is measured. */
export class TestSounds {
  readonly #options: TestSoundOptions
  readonly #augmentation: Augmentation

  constructor(options: TestSoundOptions) {
    this.#options = options
    this.#augmentation = new Augmentation(options.sampleRate, streams.augmentationNoise(SEED))
  }

  /**
   * Consecutive windows of a clip, evenly spread where it does not hold a whole number of them; a shorter clip at a
   * random place, as in training.
   *
   * @param index of the clip: its place and its noise floor depend on it and on nothing else
   * @param gainDb by which the clip is turned up; the noise floor is not
   */
  windows(clip: TaskClip, index: number, gainDb: number): Float32Array[] {
    const { samples, floorDb, raised } = this.#options
    const random = streams.example(SEED, index)
    const sound = laidOut(clip, samples, random)
    scale(sound, decibels(gainDb))
    this.#augmentation.noiseUnder(sound, random.between(...floorDb), random)
    const count = Math.max(1, Math.ceil(sound.length / samples - SPARE))
    const distance = count === 1 ? 0 : (sound.length - samples) / (count - 1)
    return Array.from({ length: count }, (_, i) => {
      const start = Math.round(i * distance)
      if (!raised) return sound.subarray(start, start + samples)
      const window = sound.slice(start, start + samples)
      raise(window)
      return window
    })
  }
}
