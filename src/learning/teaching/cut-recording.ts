/** How a recording is cut into examples. */
export interface CutOptions {
  /** Hz of the recording. */
  readonly sampleRate: number
  /** Whether quiet parts are examples too, as of a background; else they are left out. */
  readonly keepQuiet?: boolean
}

/** Seconds of an example. */
const LENGTH = 1
/** Seconds of a block whose level is taken. */
const BLOCK = 0.02
/** Seconds of a recording that can be an example; a shorter one is not filled up to one. */
const SHORTEST = 0.1
/** Power of a loud block at least: ten steps of the 16 bits of an example (-70 dBFS). Less is dither, or switched off. */
const AUDIBLE = (10 / 32768) ** 2
/** Power of a loud block at least, as a share of the loudest (-26 dB). */
const LOUD = 0.0025
/** Power of a loud block at least, as a multiple of the quietest tenth (6 dB): a steady sound is loud throughout. */
const ABOVE_QUIET = 4
/** Blocks that a piece must have loud: a single one is a crackle. */
const LEAST_LOUD = 2

/**
 * Cuts a longer recording to examples of a second around its loud parts: a sound that is shorter lies in the middle of
 * its example, one that is longer becomes several. Examples do not overlap; silence fills up what reaches past an end.
 * A recording of less than 0.1 s stays as it is: too short for an example, as `ExampleStore.add` says.
 *
 * @param sound mono, full scale ±1
 */
export function cutRecording(
  sound: Float32Array,
  { sampleRate, keepQuiet = false }: CutOptions,
): Float32Array[] {
  const length = LENGTH * sampleRate
  if (sound.length > 0 && sound.length < SHORTEST * sampleRate) return [sound]
  if (keepQuiet) {
    const count = Math.max(1, Math.floor(sound.length / length))
    return Array.from({ length: count }, (_, i) => piece(sound, i * length, length))
  }
  const block = Math.round(BLOCK * sampleRate)
  const powers = powersOf(sound, block)
  const isLoud = loudBlocks(powers)
  const blocks = Math.round(length / block)
  const pieces: Float32Array[] = []
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
    if (count >= LEAST_LOUD) {
      pieces.push(piece(sound, start, length))
      end = start + length
    }
    i = Math.max(last + 1, count >= LEAST_LOUD ? Math.ceil(end / block) : 0)
  }
  return pieces
}

function piece(sound: Float32Array, start: number, length: number): Float32Array {
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
  const quiet = sorted[Math.floor(sorted.length / 10)]
  const loudest = sorted[sorted.length - 1]
  // Where nothing stands out, all of it is the sound.
  const least =
    loudest < ABOVE_QUIET * ABOVE_QUIET * quiet ? 0 : Math.max(LOUD * loudest, ABOVE_QUIET * quiet)
  return powers.map((power) => power >= AUDIBLE && power >= least)
}
