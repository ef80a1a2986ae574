import { type OptionNames, requireOptions } from '../../known-options.ts'
import { requireRate } from './labelled-sound.ts'

/** Options of `cutRecording`. */
export interface CutOptions {
  /** Hz */
  readonly sampleRate: number
  /** Keep quiet parts as well, as for a background class; default false. */
  readonly keepQuiet?: boolean
}

const OPTIONS: OptionNames<CutOptions> = { sampleRate: true, keepQuiet: true }

// Durations in seconds and power thresholds of this file are chosen, not fitted.
/** Length of an example, the least that `canvasOf` pads to. */
const LENGTH = 1
/** Length of a block for power measurement. */
const BLOCK = 0.02
/** A shorter recording is returned uncut. */
const MIN_LENGTH = 0.1
/** Absolute power threshold: ten 16-bit steps (-70 dBFS). Below it there is dither, or a muted input. */
const ABSOLUTE_THRESHOLD = (10 / 32768) ** 2
/** Threshold relative to the loudest block (-26 dB). */
const RELATIVE_THRESHOLD = 0.0025
/** Threshold relative to the noise floor, the tenth percentile of block powers (+6 dB). */
const FLOOR_MARGIN = 4
/** Fewest loud blocks in an example; one alone is a click. */
const MIN_LOUD_BLOCKS = 2

/**
 * Segments a recording into one-second examples around its loud parts. A shorter sound is centred, a longer one gives
 * several examples; they do not overlap and are zero-padded past the ends. A recording under 0.1 s is returned unchanged
 * (`ExampleStore.add` rejects it).
 *
 * @param sound mono, full scale ±1
 * @throws LeafError `arguments` naming the option that is none, or without a sample rate
 */
export function cutRecording(sound: Float32Array, options: CutOptions): Float32Array[] {
  requireOptions('cutRecording()', options, OPTIONS)
  const { sampleRate, keepQuiet = false } = options
  requireRate(sampleRate)
  const length = LENGTH * sampleRate
  if (sound.length > 0 && sound.length < MIN_LENGTH * sampleRate) return [sound]
  if (keepQuiet) {
    const count = Math.max(1, Math.floor(sound.length / length))
    return Array.from({ length: count }, (_, i) => segment(sound, i * length, length))
  }
  const block = Math.round(BLOCK * sampleRate)
  const powers = powersOf(sound, block)
  const isLoud = loudBlocks(powers)
  const blocks = Math.round(length / block)
  const segments: Float32Array[] = []
  let end = 0
  for (let i = 0; i < powers.length; ) {
    if (!isLoud[i]) {
      i++
      continue
    }
    const last = isLoud.lastIndexOf(true, i + blocks - 1)
    const count = isLoud.slice(i, last + 1).filter(Boolean).length
    const middle = Math.round(((i + last + 1) / 2) * block)
    const start = Math.max(end, middle - (length >> 1))
    if (count >= MIN_LOUD_BLOCKS) {
      segments.push(segment(sound, start, length))
      end = start + length
    }
    i = Math.max(last + 1, count >= MIN_LOUD_BLOCKS ? Math.ceil(end / block) : 0)
  }
  return segments
}

function segment(sound: Float32Array, start: number, length: number): Float32Array {
  const cut = new Float32Array(length)
  cut.set(sound.subarray(start, start + length))
  return cut
}

function powersOf(sound: Float32Array, block: number): number[] {
  return Array.from({ length: Math.ceil(sound.length / block) }, (_, i) => {
    const part = sound.subarray(i * block, (i + 1) * block)
    return part.reduce((sum, value) => sum + value * value, 0) / part.length
  })
}

function loudBlocks(powers: readonly number[]): boolean[] {
  const sorted = powers.toSorted((one, other) => one - other)
  const floor = sorted[Math.floor(sorted.length / 10)]
  const loudest = sorted[sorted.length - 1]
  // A steady sound, with less than 12 dB of dynamic range, is loud throughout.
  const isSteady = loudest < FLOOR_MARGIN * FLOOR_MARGIN * floor
  const threshold = isSteady ? 0 : Math.max(RELATIVE_THRESHOLD * loudest, FLOOR_MARGIN * floor)
  return powers.map((power) => power >= ABSOLUTE_THRESHOLD && power >= threshold)
}
