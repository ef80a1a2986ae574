// Real filters' outputs at every sample: two neighbours in time are the real and the imaginary part of a transform.

import { lastFifths } from './fifths';
import { transform } from './stockham';
import { addToChannels } from './subband';

/**
 * As `subbandEnergies`, but for four real filters, each output through a ReLU, leaky or not.
 *
 * @param slope address of the factor of negative outputs, 0 to drop them, 1 to leave them.
 * @param outputs receives 4·points vectors.
 */
export function realOutputs(
  folded: usize, scratch: usize, stages: usize, points: i32, twiddles: usize, slope: usize, outputs: usize,
): void {
  const factor = v128.load32_splat(slope);
  lastFifths(transform(folded, scratch, stages), points, twiddles, outputs, true, factor);
}

@inline function largest(least: v128, outputs: usize, count: i32): v128 {
  let even = least;
  let odd = least;
  let j = 0;
  for (; j + 1 < count; j += 2) {
    even = f32x4.pmax(even, v128.load(outputs));
    odd = f32x4.pmax(odd, v128.load(outputs, 16));
    outputs += 32;
  }
  if (j < count) even = f32x4.pmax(even, v128.load(outputs));
  return f32x4.pmax(even, odd);
}

/**
 * The largest output of a window, four filters at once, added to the four channels' sums. A window is a rest shorter
 * than a hop and then `hops` hops, so a hop's outputs matter as two maxima: of its newest `rest` outputs, and of all.
 *
 * @param outputs of the newest hop of the window: `hop` vectors.
 * @param kept for each hop of the window and the one before, in the order of time: both maxima, two vectors.
 */
export function poolMaximum(
  outputs: usize, hop: i32, rest: i32, kept: usize, hops: i32, channels: usize, sums: usize,
): void {
  const newest = kept + (<usize>hops << 5);
  memory.copy(kept, kept + 32, <usize>hops << 5);
  const least = f32x4.splat(<f32>-Infinity);
  const ofRest = largest(least, outputs + (<usize>(hop - rest) << 4), rest);
  const ofHop = largest(ofRest, outputs, hop - rest);
  v128.store(newest, ofRest);
  v128.store(newest, ofHop, 16);
  let result = v128.load(kept);
  while (kept < newest) {
    kept += 32;
    result = f32x4.pmax(result, v128.load(kept, 16));
  }
  addToChannels(result, channels, sums);
}
