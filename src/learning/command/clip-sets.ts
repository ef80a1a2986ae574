import { type Clip, soundOf } from '../data/index.ts'
import type { ScoredSet } from '../evaluation/index.ts'
import { streams } from '../random/index.ts'
import { add, decibels, keepInScale, loudness, noise } from '../sound/index.ts'
import type { LiveFrontend } from './live-frontend.ts'

export interface WindowOptions {
  readonly sampleRate: number
  readonly windowFrames: number
  readonly hopFrames: number
  readonly labels: readonly string[]
  readonly seed: number
}

/** Noise under every clip, dBFS: a microphone has a floor, and zeros at the end of a file are not a sound. */
const FLOOR = -80

/** Every clip as it is. */
export function clipSet(clips: readonly Clip[], frontend: LiveFrontend, options: WindowOptions): ScoredSet {
  return {
    targets: clips.map(({ row }) => targetOf(row.labels, options)),
    windows: clips.map((clip, i) => windowsOf(soundOf(clip), i, frontend, options)),
  }
}

/** Half as many mixtures as clips: two clips without a common label and without silence, -10 to 10 dB, both labels. */
export function mixtureSet(
  clips: readonly Clip[],
  frontend: LiveFrontend,
  options: WindowOptions,
): ScoredSet {
  const { seed, sampleRate, labels } = options
  const random = streams.mixtures(seed)
  const silence = labels.indexOf('silence')
  const sounding = clips.filter(({ row }) => !row.labels.includes(silence))
  const pairs: [Clip, Clip][] = []
  for (let tries = 0; pairs.length < clips.length / 2 && tries < 10 * clips.length; tries++) {
    const [one, other] = [sounding[random.below(sounding.length)], sounding[random.below(sounding.length)]]
    if (!one.row.labels.some((label) => other.row.labels.includes(label))) pairs.push([one, other])
  }
  return {
    targets: pairs.map(([one, other]) => targetOf([...one.row.labels, ...other.row.labels], options)),
    windows: pairs.map((pair, i) => {
      const sounds = pair.map(soundOf)
      const length = Math.min(sounds[0].length, sounds[1].length)
      const [sound, other] = sounds.map((whole) => {
        const from = random.below(whole.length - length + 1)
        return whole.slice(from, from + length)
      })
      const ratio = loudness(sound, sampleRate) / (loudness(other, sampleRate) || 1)
      add(sound, other, 0, ratio * decibels(random.between(-10, 10)))
      keepInScale(sound)
      return windowsOf(sound, clips.length + i, frontend, options)
    }),
  }
}

export function joinSets(one: ScoredSet, other: ScoredSet): ScoredSet {
  return {
    targets: [...one.targets, ...other.targets],
    windows: [...one.windows, ...other.windows],
  }
}

/** Of each label 1 or 0. @param places of a clip's labels */
export function targetOf(places: readonly number[], { labels }: Pick<WindowOptions, 'labels'>): Float32Array {
  const target = new Float32Array(labels.length)
  for (const place of places) target[place] = 1
  return target
}

function windowsOf(
  sound: Float32Array,
  index: number,
  frontend: LiveFrontend,
  { seed, windowFrames, hopFrames }: WindowOptions,
): Float32Array[] {
  const long = new Float32Array(Math.max(sound.length, windowFrames * frontend.hop))
  long.set(sound)
  add(long, noise(long.length, 'white', streams.evaluationFloor(seed, index)), 0, decibels(FLOOR))
  return frontend.windows(long, windowFrames, hopFrames)
}
