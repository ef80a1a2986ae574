import type { SoundExample } from '../examples/index.ts'
import { type Random, streams } from '../random/index.ts'
import { Augmentation, decibels, keepInScale, loudness, scale } from '../sound/index.ts'
import { type Clip, FULL_SCALE, soundOf } from './clips.ts'

export interface ExampleOptions {
  readonly seed: number
  /** Hz */
  readonly sampleRate: number
  /** Samples from one frame to the next. */
  readonly hop: number
  /** Frames of the window. */
  readonly windowFrames: number
  readonly labels: readonly string[]
}

const LEAD_SECONDS = 0.5
const NO_LEAD = 0.3
/** Samples the frontend looks ahead; at 16 kHz its filters and pooling reach 400 samples past a frame's centre. */
const TAIL_SECONDS = 0.03
/** A clip with this label is a background by itself: it has no level of its own to be changed, and joins no mixture. */
const BACKGROUND = 'silence'
const MIXTURES = 0.4
const IN_A_ROOM = 0.4
/**
 * Share of the examples whose sound has only just begun as the window ends, and how much of it is heard by then, seconds:
 * live, an event should be told that soon. Chosen, not fitted; `npm run latency` prints what comes of it.
 */
const JUST_BEGUN = 0.25
const HEARD_SECONDS = [0.1, 0.5] as const
/** With unlabelled recordings at hand: share of the examples that are one of them alone, and of the others that lie over one. */
const UNLABELLED = 0.25
const OVER_UNLABELLED = 0.5

/** Samples of an example that starts with a lead: no example is longer. */
export function longestExample({
  sampleRate,
  hop,
  windowFrames,
}: Omit<ExampleOptions, 'seed' | 'labels'>): number {
  return (leadFrames(sampleRate, hop) + windowFrames) * hop + Math.round(TAIL_SECONDS * sampleRate)
}

const leadFrames = (sampleRate: number, hop: number) => Math.round((LEAD_SECONDS * sampleRate) / hop)

/**
 * Makes training examples out of clips: a label (rare ones more often than they occur), a clip of it (small groups
 * more often), a place in it, and everything that `Augmentation` does. SoundExample i depends on the seed and i alone.
 *
 * Unlabelled recordings, where there are any, are heard alone and under clips, up to as loud as they are. What else is
 * heard in them nobody knows: targets are NaN but for the labels of the clips.
 */
export class Examples {
  readonly #options: ExampleOptions
  readonly #augmentation: Augmentation
  readonly #clips: readonly (readonly Clip[])[]
  readonly #clipChances: readonly (readonly number[])[]
  readonly #labelChances: readonly number[]
  readonly #background: number
  readonly #unlabelled: readonly Clip[]

  /** @param clips those of the train split; every label has at least one */
  constructor(clips: readonly Clip[], options: ExampleOptions, unlabelled: readonly Clip[] = []) {
    this.#options = options
    this.#unlabelled = unlabelled
    this.#augmentation = new Augmentation(options.sampleRate, streams.augmentationNoise(options.seed))
    this.#clips = options.labels.map((_, label) => clips.filter(({ row }) => row.labels.includes(label)))
    this.#clipChances = this.#clips.map(groupChances)
    this.#labelChances = cumulated(this.#clips.map((some) => some.length ** 0.4))
    this.#background = options.labels.indexOf(BACKGROUND)
  }

  /** Not the same sound twice: `index` goes on over the epochs. */
  make(index: number): SoundExample {
    const random = streams.example(this.#options.seed, index)
    const { sampleRate, hop, labels } = this.#options
    const firstFrame = random.chance(NO_LEAD) ? 0 : leadFrames(sampleRate, hop)
    const lead = firstFrame * hop
    if (this.#unlabelled.length > 0 && random.chance(UNLABELLED))
      return {
        sound: this.#unnamed(lead, random),
        firstFrame,
        target: new Float32Array(labels.length).fill(NaN),
      }
    const clip = this.#pick(random)
    const target = new Float32Array(labels.length)
    for (const label of clip.row.labels) target[label] = 1
    const isBackground = this.#isBackground(clip)
    const sound =
      !isBackground && random.chance(JUST_BEGUN)
        ? this.#justBegun(clip, lead, random)
        : this.#place(clip, lead, random)
    if (!isBackground && random.chance(MIXTURES)) {
      const other = this.#pickOther(clip, random)
      if (other) {
        this.#augmentation.mix(sound, this.#place(other, lead, random), lead, random)
        for (const label of other.row.labels) target[label] = 1
      }
    }
    if (!isBackground && random.chance(IN_A_ROOM)) this.#augmentation.room(sound, random)
    this.#augmentation.colour(sound, random)
    if (isBackground) {
      scale(sound, decibels(random.between(-6, 6)))
      this.#augmentation.noiseUnder(sound, random.between(-90, -55), random)
    } else {
      const level = this.#augmentation.level(sound, lead, random)
      if (this.#unlabelled.length > 0 && random.chance(OVER_UNLABELLED)) {
        const bed = this.#unlabelledOf(sound.length, random)
        this.#augmentation.noiseUnder(sound, Math.max(-90, level - random.between(0, 40)), random, bed)
        target.forEach((value, label) => {
          if (value === 0) target[label] = NaN
        })
      } else {
        const bed = random.chance(0.3) ? this.#quietRecording(random) : undefined
        this.#augmentation.noiseUnder(sound, Math.max(-90, level - random.between(6, 66)), random, bed)
      }
    }
    keepInScale(sound)
    return { sound, firstFrame, target }
  }

  /** An unlabelled recording alone, through another microphone and from another distance. */
  #unnamed(lead: number, random: Random): Float32Array {
    const { sampleRate, hop, windowFrames } = this.#options
    const length = lead + windowFrames * hop + Math.round(TAIL_SECONDS * sampleRate)
    const sound = this.#unlabelledOf(length, random)
    this.#augmentation.colour(sound, random)
    const level = this.#augmentation.level(sound, 0, random)
    this.#augmentation.noiseUnder(sound, Math.max(-90, level - random.between(20, 66)), random)
    keepInScale(sound)
    return sound
  }

  /** Somewhere out of one of them, from its beginning again when it ends. */
  #unlabelledOf(length: number, random: Random): Float32Array {
    const { samples } = this.#unlabelled[random.below(this.#unlabelled.length)]
    const start = random.below(samples.length)
    return Float32Array.from({ length }, (_, i) => samples[(start + i) % samples.length] / FULL_SCALE)
  }

  #isBackground({ row }: Clip): boolean {
    return row.labels.includes(this.#background)
  }

  #pick(random: Random): Clip {
    const label = draw(this.#labelChances, random)
    return this.#clips[label][draw(this.#clipChances[label], random)]
  }

  /** A clip that shares no label with the first and is no background; undefined where there is hardly any. */
  #pickOther({ row }: Clip, random: Random): Clip | undefined {
    for (let i = 0; i < 20; i++) {
      const other = this.#pick(random)
      if (!this.#isBackground(other) && !other.row.labels.some((label) => row.labels.includes(label)))
        return other
    }
    return undefined
  }

  #quietRecording(random: Random): Float32Array | undefined {
    const some = this.#clips[this.#background]
    return some && soundOf(some[random.below(some.length)])
  }

  /** Lays a clip where the window shows a part of it that is not much quieter than its loudest. */
  #place(clip: Clip, lead: number, random: Random): Float32Array {
    const { sampleRate, hop, windowFrames } = this.#options
    const window = windowFrames * hop
    const plain = soundOf(clip)
    const sound = this.#isBackground(clip) ? plain : this.#augmentation.stretched(plain, random)
    const least = loudness(sound, sampleRate) / 4
    const spare = sound.length - window
    let start = 0
    for (let i = 0; i < 6; i++) {
      const [before, after] = random.chance(0.85) ? [0.15, 0.1] : [0.4, 0.3]
      start = Math.round(
        random.between(Math.min(spare, 0) - before * sampleRate, Math.max(spare, 0) + after * sampleRate),
      )
      const [from, to] = [Math.max(start, 0), Math.min(start + window, sound.length)]
      if (to - from > 0.1 * sampleRate && loudness(sound, sampleRate, from, to) >= least) break
    }
    return this.#laid(sound, lead - start, lead)
  }

  /** Lays a clip such that the window ends soon after its beginning. */
  #justBegun(clip: Clip, lead: number, random: Random): Float32Array {
    const { sampleRate, hop, windowFrames } = this.#options
    const sound = this.#augmentation.stretched(soundOf(clip), random)
    const heard = Math.round(random.between(...HEARD_SECONDS) * sampleRate)
    return this.#laid(sound, lead + windowFrames * hop - heard - onsetOf(sound, sampleRate), lead)
  }

  /** A sound from sample `at` of an example on. */
  #laid(sound: Float32Array, at: number, lead: number): Float32Array {
    const { sampleRate, hop, windowFrames } = this.#options
    const canvas = new Float32Array(lead + windowFrames * hop + Math.round(TAIL_SECONDS * sampleRate))
    const part = sound.subarray(Math.max(0, -at), Math.max(0, canvas.length - at))
    canvas.set(part, Math.max(0, at))
    return canvas
  }
}

/** Sample at which a sound is first within 12 dB of its loudest, in steps of 20 ms. */
function onsetOf(sound: Float32Array, sampleRate: number): number {
  const block = Math.round(0.02 * sampleRate)
  const levels = Array.from({ length: Math.ceil(sound.length / block) }, (_, i) =>
    loudness(sound, sampleRate, i * block, Math.min((i + 1) * block, sound.length)),
  )
  const least = levels.reduce((most, level) => Math.max(most, level), 0) / 4
  return (
    block *
    Math.max(
      0,
      levels.findIndex((level) => level >= least),
    )
  )
}

/** Chances of clips such that a group counts as the square root of its size. */
function groupChances(clips: readonly Clip[]): number[] {
  const sizes = new Map<string, number>()
  for (const { row } of clips) sizes.set(row.group, (sizes.get(row.group) ?? 0) + 1)
  return cumulated(clips.map(({ row }) => sizes.get(row.group)! ** -0.5))
}

function cumulated(chances: readonly number[]): number[] {
  let sum = 0
  return chances.map((chance) => (sum += chance))
}

function draw(cumulatedChances: readonly number[], random: Random): number {
  const at = random.next() * cumulatedChances[cumulatedChances.length - 1]
  return cumulatedChances.findIndex((sum) => at < sum)
}
