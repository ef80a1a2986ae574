import { CLIP_RATE, pieceOf, wavOf, whiteNoise } from '../common/index.ts'

/** What each is, in a sentence. */
export const clipTitles = {
  speech: 'a spoken sentence',
  crow: 'a crow',
  guitar: 'a guitar',
  notes: 'four plucked notes',
  sea: 'waves on a beach',
} as const

export type ClipName = keyof typeof clipTitles

/** Seconds of the street clip, with some of its quiet around. */
const CUT: Partial<Record<ClipName, readonly [start: number, end: number]>> = {
  speech: [0.6, 4.8],
  crow: [4.8, 7.6],
  guitar: [7.6, 10.9],
}

/** A short sound to ask a question about, as a file: a piece of the street clip, or computed. @throws LeafError `audio-file` */
export async function clipOf(name: ClipName): Promise<Blob> {
  const cut = CUT[name]
  return wavOf(cut ? await pieceOf('street', ...cut) : name === 'notes' ? notes() : sea())
}

/** Seconds from note to note, and their frequencies: C4, E4, G4, C5. */
const PACE = 1.4
const FREQUENCIES = [60, 64, 67, 72].map((number) => 440 * 2 ** ((number - 69) / 12))

/** Strings that are plucked one after the other: eight harmonics, the higher the weaker and the shorter. */
export function notes(): Float32Array<ArrayBuffer> {
  const noise = whiteNoise()
  return Float32Array.from({ length: FREQUENCIES.length * PACE * CLIP_RATE }, (_, i) => {
    const number = Math.min(FREQUENCIES.length - 1, Math.floor(i / CLIP_RATE / PACE))
    const time = i / CLIP_RATE - number * PACE
    let value = 0
    for (let k = 1; k <= 8; k++) {
      const decay = Math.exp(-time * (1.5 + 0.8 * k))
      value += (decay / k) * Math.sin(2 * Math.PI * k * FREQUENCIES[number] * time)
    }
    return 0.25 * value * Math.min(1, time * 200) + 0.001 * noise()
  })
}

const WAVES_SECONDS = 8

/** Noise through a low-pass that swells and sinks every four seconds. */
export function sea(): Float32Array<ArrayBuffer> {
  const noise = whiteNoise()
  let low = 0
  return Float32Array.from({ length: WAVES_SECONDS * CLIP_RATE }, (_, i) => {
    low += 0.2 * (noise() - low)
    return 0.35 * low * (0.15 + Math.sin((Math.PI * i) / CLIP_RATE / 4) ** 4) + 0.001 * noise()
  })
}
