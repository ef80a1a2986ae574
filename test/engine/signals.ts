/** Each kind of sound that an engine can stumble over, at 16 kHz, deterministic. */

const RATE = 16000

/** A small seeded generator, uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let z = Math.imul(state ^ (state >>> 15), state | 1)
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61)
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A voiced sound with a moving pitch, three formants, pauses and a little breath: what matters of speech here. */
function speech(length: number): Float32Array {
  const random = seeded(7)
  let phase = 0
  return Float32Array.from({ length }, (_, i) => {
    const t = i / RATE
    phase += (2 * Math.PI * (120 + 40 * Math.sin(2 * Math.PI * 2.1 * t))) / RATE
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3.3 * t)) ** 0.7
    let voice = 0
    for (let harmonic = 1; harmonic <= 30; harmonic++) {
      const frequency = harmonic * 130
      const gain = [700, 1250, 2600].reduce(
        (sum, formant) => sum + Math.exp(-(((frequency - formant) / 150) ** 2)),
        0.02,
      )
      voice += gain * Math.sin(harmonic * phase)
    }
    return 0.12 * syllable * voice + 0.002 * (random() - 0.5)
  })
}

/** Two half-scale tones, Hz. */
function tones(first: number, second: number, length: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) =>
      0.5 * Math.sin((2 * Math.PI * first * i) / RATE) +
      0.5 * Math.sin((2 * Math.PI * second * i) / RATE + 1),
  )
}

function signalsOf(length: number): Record<string, Float32Array> {
  const signal = (sample: (i: number) => number) => Float32Array.from({ length }, (_, i) => sample(i))
  const noise = seeded(1)
  const clicks = seeded(2)
  const onset = seeded(3)
  return {
    'white noise': signal(() => noise() * 1.2 - 0.6),
    'noise that begins': signal((i) => (i < 2880 ? 0.001 : 0.4) * (onset() * 2 - 1)),
    speech: speech(length),
    impulses: signal((i) => (i % 1777 === 400 ? 0.9 : 0)),
    'silence with clicks': signal(() => (clicks() < 0.0004 ? clicks() - 0.5 : 0)),
    'full-band chirp': sweep(length),
    'two tones, near': tones(1000, 1130, length),
    'two tones, far': tones(440, 5170, length),
    'two tones, in step with the sampling': tones(300, 2300, length),
  }
}

/** 0.7 s of each, by name. */
export const signals = signalsOf(11200)

/** Pairs of tones that nobody chose. */
function pairsOf(length: number): Record<string, Float32Array> {
  const frequencies = seeded(5)
  const pairs = [1, 2, 3].map(() =>
    [100 + 3000 * frequencies() ** 2, 100 + 7800 * frequencies()].map(Math.round),
  )
  return Object.fromEntries(
    pairs.map(([low, high]) => [`two tones, ${low} and ${high} Hz`, tones(low, high, length)]),
  )
}

/** Samples of a sound that a test compares with the reference, which takes a second for a second. */
const SHORT = 4800

/** 0.3 s of each but the chirp, which would rise faster, and pairs of tones that nobody chose. */
export const sounds: Record<string, Float32Array> = {
  ...signalsOf(SHORT),
  'full-band chirp': signals['full-band chirp'],
  ...pairsOf(SHORT),
}

/** 0.7 s of all of them. */
export const longSounds: Record<string, Float32Array> = { ...signals, ...pairsOf(11200) }

/** A sweep of nearly full scale over all frequencies to 8 kHz, at 16 kHz. */
export function sweep(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 0.9 * Math.sin((Math.PI / 2) * (i / length) * i))
}
