import { CLIP_RATE, pieceOf, whiteNoise } from '../common/index.ts'

/** As many as a picture shows. */
export const CLIP_SECONDS = 8

/** Under everything, so that no gap is digital silence. dBFS. */
const FLOOR_DB = -60
/** The fan against the sentence in it. dB, from the mean power of the one to that of the other. */
export const FAN_DB = -10
/** The word from afar against the same word from nearby. dB: from 30 cm to 3 m. */
const FAR_DB = -20

/** Seconds: when the fan comes on, and when the sentence begins in it. */
const FAN_AT = 1
const SENTENCE_AT = 4
/** Seconds: how long the fan takes to come on. */
const FAN_RAMP = 0.05

/** What a card plays, in the order of the cards. */
export const compareClips = {
  fan: { title: 'a fan and a sentence', make: async () => fan(...(await Promise.all([hood(), sentence()]))) },
  far: { title: 'a word, near and far', make: async () => nearAndFar(await word()) },
  whistle: { title: 'a whistle', make: async () => whistle() },
  snaps: { title: 'snapping fingers', make: async () => snaps(await threeSnaps()) },
} as const

export type CompareClip = keyof typeof compareClips

const hood = () => pieceOf('fan', 0, CLIP_SECONDS - FAN_AT)
/** "The bakery on the corner opens at seven." */
const sentence = () => pieceOf('street', 2.05, 4.55)
/** "Good morning." */
const word = () => pieceOf('street', 0.98, 1.76)
const threeSnaps = () => pieceOf('street', 14.08, 15.36)

/** A fan that comes on and stays, and a sentence in it that is louder by `-FAN_DB`. */
export function fan(hum: Float32Array, speech: Float32Array): Float32Array<ArrayBuffer> {
  const level = gain(FAN_DB) * Math.sqrt(power(speech) / power(hum))
  const ramped = hum.map((value, i) => level * value * Math.min(1, i / (FAN_RAMP * CLIP_RATE)))
  return mixed([
    [FAN_AT, ramped],
    [SENTENCE_AT, speech],
  ])
}

/** A word, the same from afar, and once more from nearby. */
export function nearAndFar(spoken: Float32Array): Float32Array<ArrayBuffer> {
  const far = spoken.map((value) => gain(FAR_DB) * value)
  return mixed([
    [0.8, spoken],
    [3.4, far],
    [6, spoken],
  ])
}

/** Hz, from and to. */
const LOW = 700
const HIGH = 3000

/** A tone that goes up and down twice, with a little breath. */
export function whistle(): Float32Array<ArrayBuffer> {
  const noise = whiteNoise()
  let phase = 0
  const seconds = CLIP_SECONDS - 1
  return mixed([
    [
      0.5,
      Float32Array.from({ length: seconds * CLIP_RATE }, (_, i) => {
        const height = 0.5 - 0.5 * Math.cos((4 * Math.PI * i) / CLIP_RATE / seconds)
        phase += (2 * Math.PI * LOW * (HIGH / LOW) ** height) / CLIP_RATE
        const edge = Math.min(1, i / CLIP_RATE / 0.05, (seconds - i / CLIP_RATE) / 0.05)
        return edge * (0.15 * Math.sin(phase) + 0.003 * noise())
      }),
    ],
  ])
}

/** Three of them, three times. */
export function snaps(three: Float32Array): Float32Array<ArrayBuffer> {
  return mixed([
    [0.8, three],
    [3.3, three],
    [5.8, three],
  ])
}

/** Sounds laid over the floor, each from its second on. */
function mixed(sounds: readonly (readonly [at: number, sound: Float32Array])[]): Float32Array<ArrayBuffer> {
  const noise = whiteNoise()
  // The power of evenly distributed values is a third of their largest square.
  const floor = Math.sqrt(3) * gain(FLOOR_DB)
  const mix = Float32Array.from({ length: CLIP_SECONDS * CLIP_RATE }, () => floor * noise())
  for (const [at, sound] of sounds) {
    const first = Math.round(at * CLIP_RATE)
    for (let i = 0; i < sound.length && first + i < mix.length; i++) mix[first + i] += sound[i]
  }
  return mix
}

function gain(decibels: number): number {
  return 10 ** (decibels / 20)
}

/** Mean square. */
function power(sound: Float32Array): number {
  return sound.reduce((sum, value) => sum + value * value, 0) / sound.length
}
