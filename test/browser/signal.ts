/** Reproducible sounds, made alike in the page and in Node. */

/** White noise of half scale, from a linear congruential generator. */
export function noise(seed: number, length: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(length)
  let state = seed
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    samples[i] = state / 2 ** 32 - 0.5
  }
  return samples
}

/** Silence with clicks of 0.9 at the given samples. */
export function clicks(length: number, places: readonly number[]): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(length)
  for (const place of places) samples[place] = 0.9
  return samples
}

/** Mean of the channels, rounded to float32 once. */
export function mean(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(channels[0].length)
  for (let i = 0; i < samples.length; i++) {
    let sum = 0
    for (const channel of channels) sum += channel[i]
    samples[i] = sum / channels.length
  }
  return samples
}
