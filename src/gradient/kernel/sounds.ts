// From sounds to their spectra. An element is 32 bytes: four real parts, four imaginary parts, one sound a lane.

import { transform } from '../../../worklet/kernel/stockham';

/**
 * Spectra of eight real sounds by one complex transform.
 *
 * @param sounds `size` elements: sounds 0 to 3 as real, 4 to 7 as imaginary parts; overwritten. @param scratch as many.
 * @param first receives X[b] = Σ x[t] e^(-2πi bt/size) of sounds 0 to 3; @param second of sounds 4 to 7.
 */
export function soundSpectra(
  sounds: usize, scratch: usize, stages: usize, size: i32, first: usize, second: usize,
): void {
  // The transform's exponent is +: it yields the conjugates of the spectra.
  const result = transform(sounds, scratch, stages);
  const half = f32x4.splat(0.5);
  for (let b = 0; b < size; b++) {
    const here = result + (<usize>b << 5);
    const there = result + (<usize>(b == 0 ? 0 : size - b) << 5);
    const zr = v128.load(here), zi = v128.load(here, 16);
    const wr = v128.load(there), wi = v128.load(there, 16);
    v128.store(first, f32x4.mul(half, f32x4.add(zr, wr)));
    v128.store(first, f32x4.mul(half, f32x4.sub(wi, zi)), 16);
    v128.store(second, f32x4.mul(half, f32x4.add(zi, wi)));
    v128.store(second, f32x4.mul(half, f32x4.sub(zr, wr)), 16);
    first += 32;
    second += 32;
  }
}
