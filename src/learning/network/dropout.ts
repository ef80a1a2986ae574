import { streams } from '../random/index.ts'

/**
 * For each value before the last dense layer a factor of mean 1, 0 where it is left out; the dropout layer of
 * TensorFlow.js leaves out the same places at each step.
 *
 * @param chance of a value to be left out @param index of the batch
 */
export function dropoutFactors(count: number, chance: number, seed: number, index: number): Float32Array {
  const random = streams.dropout(seed, index)
  return Float32Array.from({ length: count }, () => (random.chance(chance) ? 0 : 1 / (1 - chance)))
}
