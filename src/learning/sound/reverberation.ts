import type { Random } from '../random/index.ts'

/** Delay lines: enough that single echoes are not heard after a twentieth of a second. */
const LINES = 8
/** Range of their lengths, seconds: paths between walls that stand 3 to 15 m apart. */
const PATHS = [0.009, 0.045] as const
/** Share of a line's high frequencies that its walls take away at each turn: a one-pole low-pass. */
const DAMPING = [0.1, 0.6] as const

/**
 * A room's answer to a sound, without the sound itself: a feedback delay network (Jot and Chaigne, AES 90th Convention,
 * 1991) whose lines are fed back through a Householder matrix, I - 2/N, which keeps energy; what a line loses is its own.
 *
 * @param decay seconds in which the answer falls by 60 dB
 * @returns as long as the sound
 */
export function reverberation(
  sound: Float32Array,
  sampleRate: number,
  decay: number,
  random: Random,
): Float32Array {
  const damping = random.between(...DAMPING)
  const lengths = Array.from({ length: LINES }, () => Math.round(random.between(...PATHS) * sampleRate))
  const signs = lengths.map(() => (random.chance(0.5) ? 1 : -1))
  const gains = lengths.map((length) => 10 ** ((-3 * length) / (decay * sampleRate)))
  const lines = lengths.map((length) => new Float32Array(length))
  const places = new Int32Array(LINES)
  const dull = new Float32Array(LINES)
  const answer = new Float32Array(sound.length)
  // No line is shorter than a block: what a block writes, none of its samples reads.
  const block = Math.min(...lengths)
  const outs = lines.map(() => new Float32Array(block))
  const sums = new Float32Array(block)
  for (let first = 0; first < sound.length; first += block) {
    const count = Math.min(block, sound.length - first)
    sums.fill(0)
    for (let i = 0; i < LINES; i++) {
      const [line, out, sign, gain] = [lines[i], outs[i], signs[i], gains[i] * (1 - damping)]
      let [place, state] = [places[i], dull[i]]
      for (let n = 0; n < count; n++) {
        const value = line[place]
        if (++place === line.length) place = 0
        state = gain * value + damping * state
        out[n] = state
        sums[n] += state
        answer[first + n] += sign * value
      }
      dull[i] = state
    }
    for (let i = 0; i < LINES; i++) {
      const [line, out] = [lines[i], outs[i]]
      let place = places[i]
      for (let n = 0; n < count; n++) {
        line[place] = out[n] - (2 / LINES) * sums[n] + sound[first + n]
        if (++place === line.length) place = 0
      }
      places[i] = place
    }
  }
  return answer
}
