// Sub-bands: the spectrum of a block times a filter's spectrum, folded to fewer bins (decimation in time is folding in
// frequency, exactly), transformed back only where output is wanted. Four filters of one stride at a time.

import { lastFifths } from './fifths';
import { transform } from './stockham';

/**
 * folded[b mod slots] = Σ X[b] · H[b] over `count` bins from the first, at least `slots` of them, four filters at once.
 *
 * @param re real parts of X from the first bin on; @param im imaginary parts.
 * @param firstSlot the first bin modulo `slots`.
 * @param spectra for each bin four values: the filters' spectra are real.
 */
export function foldReal(
  re: usize, im: usize, firstSlot: i32, slots: i32, count: i32, spectra: usize, folded: usize,
): void {
  let target = folded + (<usize>firstSlot << 5);
  const end = folded + (<usize>slots << 5);
  for (let i = 0; i < count; i++) {
    const h = v128.load(spectra);
    let sumRe = f32x4.mul(v128.load32_splat(re), h);
    let sumIm = f32x4.mul(v128.load32_splat(im), h);
    if (i >= slots) {
      sumRe = f32x4.add(sumRe, v128.load(target));
      sumIm = f32x4.add(sumIm, v128.load(target, 16));
    }
    v128.store(target, sumRe);
    v128.store(target, sumIm, 16);
    target += 32;
    if (target == end) target = folded;
    spectra += 16;
    re += 4;
    im += 4;
  }
}

/** As `foldReal`, for filters whose spectrum is complex: four real, four imaginary values for each bin. */
export function foldComplex(
  re: usize, im: usize, firstSlot: i32, slots: i32, count: i32, spectra: usize, folded: usize,
): void {
  let target = folded + (<usize>firstSlot << 5);
  const end = folded + (<usize>slots << 5);
  for (let i = 0; i < count; i++) {
    const hr = v128.load(spectra), hi = v128.load(spectra, 16);
    const xr = v128.load32_splat(re), xi = v128.load32_splat(im);
    let sumRe = f32x4.sub(f32x4.mul(xr, hr), f32x4.mul(xi, hi));
    let sumIm = f32x4.add(f32x4.mul(xr, hi), f32x4.mul(xi, hr));
    if (i >= slots) {
      sumRe = f32x4.add(sumRe, v128.load(target));
      sumIm = f32x4.add(sumIm, v128.load(target, 16));
    }
    v128.store(target, sumRe);
    v128.store(target, sumIm, 16);
    target += 32;
    if (target == end) target = folded;
    spectra += 32;
    re += 4;
    im += 4;
  }
}

/**
 * Transforms the folded bins back and keeps |y|² at the 2·points positions after the second fifth of the block.
 *
 * @param folded 5·points elements, @param scratch as many.
 * @param stages stages of five interleaved transforms of `points` points.
 * @param twiddles of the last butterfly, as `lastFifths` wants them.
 * @param energies receives 2·points vectors of four.
 */
export function subbandEnergies(
  folded: usize, scratch: usize, stages: usize, points: i32, twiddles: usize, energies: usize,
): void {
  lastFifths(transform(folded, scratch, stages), points, twiddles, energies, false, f32x4.splat(0));
}

/** Adds a vector to the sums of its four lanes' channels. */
@inline export function addToChannels(sum: v128, channels: usize, sums: usize): void {
  const a = sums + (<usize>load<i32>(channels) << 2);
  const b = sums + (<usize>load<i32>(channels, 4) << 2);
  const c = sums + (<usize>load<i32>(channels, 8) << 2);
  const d = sums + (<usize>load<i32>(channels, 12) << 2);
  store<f32>(a, load<f32>(a) + f32x4.extract_lane(sum, 0));
  store<f32>(b, load<f32>(b) + f32x4.extract_lane(sum, 1));
  store<f32>(c, load<f32>(c) + f32x4.extract_lane(sum, 2));
  store<f32>(d, load<f32>(d) + f32x4.extract_lane(sum, 3));
}

/** Σ_j weights[j] · energies[j], four filters at once, added to the four channels' sums. */
export function pool(energies: usize, weights: usize, nodes: i32, channels: usize, sums: usize): void {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let j = 0;
  for (; j + 1 < nodes; j += 2) {
    even = f32x4.add(even, f32x4.mul(v128.load(energies), v128.load(weights)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(energies, 16), v128.load(weights, 16)));
    energies += 32;
    weights += 32;
  }
  if (j < nodes) even = f32x4.add(even, f32x4.mul(v128.load(energies), v128.load(weights)));
  addToChannels(f32x4.add(even, odd), channels, sums);
}
