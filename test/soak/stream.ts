import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type PresetName, preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { liveAnalysis, StreamEngine } from '../../worklet/index.ts'
import { seeded } from '../engine/signals.ts'

/** What a very long stream must not show: everything is 0. */
export interface StreamFaults {
  /** Frames more or fewer than the samples hold. */
  drift: number
  /** Frames whose index does not follow the one before, and values that are not finite. */
  holes: number
  /** Minutes whose frames differ in any bit from the second minute's, which has the same sound. */
  changed: number
  /** Whether the frames of the first minute after a reset differ in any bit from the first minute's. */
  remembered: number
  /** Whole megabytes of memory gained after the second minute. */
  growth: number
}

/** Frames of a 10 ms hop. */
const FRAMES_A_MINUTE = 6000
/** Samples of a render quantum. */
const BLOCK = 128

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that are in use, the engine's own memory among them. */
function used(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** A minute of noise whose level and colour wander, with pauses, clicks and a few values that are no samples. */
function minute(sampleRate: number): Float32Array {
  const random = seeded(11)
  let slow = 0
  return Float32Array.from({ length: 60 * sampleRate }, (_, i) => {
    const white = 2 * random() - 1
    slow += 0.02 * (white - slow)
    const level = 10 ** (-3 * ((i / sampleRate / 7) % 1))
    if (i % (9 * sampleRate) < sampleRate) return 0
    if (i % (5 * sampleRate) === 777) return i % 2 === 0 ? Number.NaN : 0.99
    return level * (0.3 * white + 3 * slow)
  })
}

/** FNV-1a over the bits of frames. */
class Fingerprint {
  #hash = 0x811c9dc5

  add(values: Float32Array): void {
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
    let hash = this.#hash
    for (let i = 0; i < bits.length; i++) hash = Math.imul(hash ^ bits[i], 0x01000193)
    this.#hash = hash
  }

  take(): number {
    const hash = this.#hash
    this.#hash = 0x811c9dc5
    return hash
  }
}

/**
 * Runs the live engine over the same minute of sound again and again, as blocks of the audio thread. Once PCEN has
 * forgotten the silence before the stream, every minute has the same frames, to the bit.
 *
 * @param sampleRate Hz, of the samples pushed
 * @param minutes at least 3
 * @param onMinute called after each
 */
export function soakStream(
  name: PresetName,
  sampleRate: number,
  minutes: number,
  onMinute: (minute: number) => void,
): StreamFaults {
  const plan = compilePlan(preset(name))
  const resampler = sampleRate === plan.sampleRate ? null : designResampler(sampleRate, plan.sampleRate)
  const engine = new StreamEngine(plan, resampler, liveAnalysis)
  const sound = minute(sampleRate)
  const print = new Fingerprint()
  let next = 0
  let holes = 0
  const take = (index: number, values: Float32Array) => {
    if (index !== next || !values.every(Number.isFinite)) holes++
    next = index + 1
    print.add(values)
  }
  const play = () => {
    for (let at = 0; at < sound.length; at += BLOCK) engine.push(sound.subarray(at, at + BLOCK), take)
    return print.take()
  }

  const first = play()
  const begun = next
  const second = play()
  const before = used()
  let changed = 0
  for (let done = 2; done < minutes; done++) {
    if (play() !== second) changed++
    onMinute(done + 1)
  }
  const drift = next - begun - (minutes - 1) * FRAMES_A_MINUTE
  const growth = Math.max(0, Math.trunc((used() - before) / 1e6))
  engine.reset()
  next = 0
  const remembered = play() === first ? 0 : 1
  return { drift, holes, changed, remembered, growth }
}
