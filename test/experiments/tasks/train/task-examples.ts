import type { ExampleSource, SoundExample } from '../../../../src/learning/examples/index.ts'
import { type Random, streams } from '../../../../src/learning/random/index.ts'
import { Augmentation, decibels, filter, passFilter, scale } from '../../../../src/learning/sound/index.ts'
import type { TaskSettings } from '../design/settings.ts'
import { cropOf } from './canvas.ts'
import { raise } from './raise.ts'
import type { TaskClip } from './task-clips.ts'

export interface TaskExampleOptions
  extends Pick<TaskSettings, 'gainDb' | 'narrowChance' | 'floorDb' | 'raised'> {
  readonly seed: number
  /** Hz */
  readonly sampleRate: number
  /** Samples of an example. */
  readonly samples: number
  /** Frame at which the classifier's window begins. */
  readonly firstFrame: number
  /** Labels of all heads. */
  readonly labels: number
  /** Place of the task's first label among them. */
  readonly firstLabel: number
}

/** Hz; sources of 8 kHz end there. */
const NARROW = 4000
/** Second-order sections: steep, as the resampling of a source is. */
const NARROW_SECTIONS = 6

/** Random crops of a second: every clip once in an epoch, at another place, level and noise floor each time. */
export class TaskExamples implements ExampleSource {
  readonly #clips: readonly TaskClip[]
  readonly #options: TaskExampleOptions
  readonly #augmentation: Augmentation
  #epoch = -1
  #order: readonly number[] = []

  constructor(clips: readonly TaskClip[], options: TaskExampleOptions) {
    this.#clips = clips
    this.#options = options
    this.#augmentation = new Augmentation(options.sampleRate, streams.augmentationNoise(options.seed))
  }

  make(index: number): SoundExample {
    const { seed, sampleRate, samples, firstFrame, gainDb, narrowChance, floorDb, raised } = this.#options
    const random = streams.example(seed, index)
    const clip = this.#pick(index)
    const sound = cropOf(clip, samples, random)
    scale(sound, decibels(random.between(-gainDb, gainDb)))
    if (random.chance(narrowChance)) {
      const section = passFilter('low', NARROW, Math.SQRT1_2, sampleRate)
      for (let i = 0; i < NARROW_SECTIONS; i++) filter(sound, section)
    }
    this.#augmentation.noiseUnder(sound, random.between(...floorDb), random)
    if (raised) raise(sound)
    const target = new Float32Array(this.#options.labels)
    target[this.#options.firstLabel + clip.label] = 1
    return { sound, firstFrame, target }
  }

  #pick(index: number): TaskClip {
    const epoch = Math.floor(index / this.#clips.length)
    if (epoch !== this.#epoch) {
      this.#order = shuffled(this.#clips.length, streams.epochOrder(this.#options.seed, epoch))
      this.#epoch = epoch
    }
    return this.#clips[this.#order[index % this.#clips.length]]
  }
}

/** 0 to count - 1 in random order (Fisher and Yates). */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const other = random.below(i + 1)
    ;[order[i], order[other]] = [order[other], order[i]]
  }
  return order
}
