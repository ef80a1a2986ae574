// Mel energies of one frame: window, power spectrum, sparse triangular weights.

/** target[k] = samples[k] · window[k] for `length` floats, then zeros up to `size`; both padded to multiples of four. */
export function windowFrame(samples: usize, window: usize, length: i32, size: i32, target: usize): void {
  let k = 0;
  for (; k < length; k += 4) {
    v128.store(target, f32x4.mul(v128.load(samples), v128.load(window)));
    samples += 16;
    window += 16;
    target += 16;
  }
  if (k < size) memory.fill(target, 0, <usize>(size - k) << 2);
}

/** Power of `bins` bins (rounded up to a multiple of four) in place of their real parts. */
export function powerSpectrum(re: usize, im: usize, bins: i32): void {
  for (let k = 0; k < bins; k += 4) {
    const r = v128.load(re), i = v128.load(im);
    v128.store(re, f32x4.add(f32x4.mul(r, r), f32x4.mul(i, i)));
    re += 16;
    im += 16;
  }
}

/**
 * Weighted sums of the power spectrum.
 *
 * @param rows for each channel: first bin, number of weights (a multiple of four), as i32.
 * @param weights the channels' weights, one after the other.
 */
export function weigh(power: usize, rows: usize, weights: usize, channels: i32, energies: usize): void {
  for (let n = 0; n < channels; n++) {
    let bin = power + (<usize>load<i32>(rows) << 2);
    const count = load<i32>(rows, 4);
    let sum = f32x4.splat(0);
    for (let k = 0; k < count; k += 4) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(bin), v128.load(weights)));
      bin += 16;
      weights += 16;
    }
    const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
    store<f32>(energies, f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
    rows += 8;
    energies += 4;
  }
}
