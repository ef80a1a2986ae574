// Mel energies of one frame: window, power or magnitude spectrum, sparse triangular weights. In f64 up to the energies.

import { spectrumOf } from './spectrum';

/** Power spectrum of a windowed frame in place of the real parts: `spectrumOf` with f64 bins 0 to `size / 2`. */
export function powerSpectrum(
  samples: usize, vectors: i32, window: usize, size: i32, stages: usize, roots: usize, data: usize, re: usize, im: usize,
): void {
  spectrumOf<f64>(samples, vectors, window, 32, size, stages, roots, data, re, im);
  const end = re + (<usize>size << 2);
  while (re <= end) {
    const r = v128.load(re), i = v128.load(im);
    v128.store(re, f64x2.add(f64x2.mul(r, r), f64x2.mul(i, i)));
    re += 16;
    im += 16;
  }
}

/** Magnitudes in place of powers, bins 0 to `size / 2`. */
export function squareRoots(power: usize, size: i32): void {
  const end = power + (<usize>size << 2);
  while (power <= end) {
    v128.store(power, f64x2.sqrt(v128.load(power)));
    power += 16;
  }
}

/**
 * Weighted sums of the spectrum, as f32.
 *
 * @param rows for each channel: first bin, number of weights (even), as i32.
 * @param weights the channels' weights, f64, one after the other.
 */
export function weigh(power: usize, rows: usize, weights: usize, channels: i32, energies: usize): void {
  for (let n = 0; n < channels; n++) {
    let bin = power + (<usize>load<i32>(rows) << 3);
    const count = load<i32>(rows, 4);
    let sum = f64x2.splat(0);
    for (let k = 0; k < count; k += 2) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(bin), v128.load(weights)));
      bin += 16;
      weights += 16;
    }
    store<f32>(energies, <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
    rows += 8;
    energies += 4;
  }
}
