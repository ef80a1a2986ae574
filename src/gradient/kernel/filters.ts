// Filters by their spectra: a product, folded to fewer bins (decimation in time is folding in frequency, exactly),
// and the adjoint of it.

import { transform } from '../../../worklet/kernel/stockham';

/** Runs a transform. @returns the area that holds the result. */
export function transformed(data: usize, scratch: usize, stages: usize): usize {
  return transform(data, scratch, stages);
}

/**
 * Spectra of four filters on size = points · residues bins: H[b] = 1/size · Σ_j h[j] e^(2πi b (j - left) / size), which
 * turns correlation with the filter into a product. One short transform for each residue of b, since taps are few.
 *
 * @param taps elements, one filter a lane. @param length of a filter, at most `points`. @param left taps before time 0.
 * @param roots cosine and sine of 2π i / size. @param stages of a transform of `points`.
 * @param work and @param scratch `points` elements each. @param spectra receives `size` elements.
 */
export function tapSpectra(
  taps: usize, length: i32, left: i32, points: i32, residues: i32, roots: usize, stages: usize, work: usize,
  scratch: usize, spectra: usize,
): void {
  const size = points * residues;
  const scale = f32x4.splat(1 / <f32>size);
  for (let r = 0; r < residues; r++) {
    memory.fill(work, 0, <usize>points << 5);
    let phase = (size - ((r * left) % size)) % size;
    let tap = taps;
    for (let j = 0; j < length; j++) {
      const place = j - left;
      const target = work + (<usize>(place < 0 ? place + points : place) << 5);
      const root = roots + (<usize>phase << 3);
      const c = f32x4.mul(scale, v128.load32_splat(root)), s = f32x4.mul(scale, v128.load32_splat(root, 4));
      const re = v128.load(tap), im = v128.load(tap, 16);
      v128.store(target, f32x4.sub(f32x4.mul(re, c), f32x4.mul(im, s)));
      v128.store(target, f32x4.add(f32x4.mul(re, s), f32x4.mul(im, c)), 16);
      phase += r;
      if (phase >= size) phase -= size;
      tap += 32;
    }
    let source = transform(work, scratch, stages);
    let target = spectra + (<usize>r << 5);
    for (let q = 0; q < points; q++) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
      source += 32;
      target += <usize>residues << 5;
    }
  }
}

/**
 * The adjoint of `tapSpectra`: q[j] = 1/size · Σ_b Q[b] e^(2πi b (j - left) / size).
 *
 * @param spectra Q, `size` elements. @param taps receives `length` elements.
 */
export function tapGradients(
  spectra: usize, length: i32, left: i32, points: i32, residues: i32, roots: usize, stages: usize, work: usize,
  scratch: usize, taps: usize,
): void {
  const size = points * residues;
  const scale = f32x4.splat(1 / <f32>size);
  memory.fill(taps, 0, <usize>length << 5);
  for (let r = 0; r < residues; r++) {
    let source = spectra + (<usize>r << 5);
    let target = work;
    for (let q = 0; q < points; q++) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
      source += <usize>residues << 5;
      target += 32;
    }
    const result = transform(work, scratch, stages);
    let phase = (size - ((r * left) % size)) % size;
    let tap = taps;
    for (let j = 0; j < length; j++) {
      const place = j - left;
      const from = result + (<usize>(place < 0 ? place + points : place) << 5);
      const root = roots + (<usize>phase << 3);
      const c = f32x4.mul(scale, v128.load32_splat(root)), s = f32x4.mul(scale, v128.load32_splat(root, 4));
      const re = v128.load(from), im = v128.load(from, 16);
      v128.store(tap, f32x4.add(v128.load(tap), f32x4.sub(f32x4.mul(re, c), f32x4.mul(im, s))));
      v128.store(tap, f32x4.add(v128.load(tap, 16), f32x4.add(f32x4.mul(re, s), f32x4.mul(im, c))), 16);
      phase += r;
      if (phase >= size) phase -= size;
      tap += 32;
    }
  }
}

/**
 * folded[b mod slots] += X[b] · H[b] for `count` bins from `first`.
 *
 * @param spectrum X at bin 0. @param response the filter's lane of H at bin 0, elements of four filters.
 */
export function fold(
  spectrum: usize, response: usize, first: i32, count: i32, slots: i32, folded: usize,
): void {
  spectrum += <usize>first << 5;
  response += <usize>first << 5;
  const end = folded + (<usize>slots << 5);
  let target = folded + (<usize>(first % slots) << 5);
  for (let i = 0; i < count; i++) {
    const hr = v128.load32_splat(response), hi = v128.load32_splat(response, 16);
    const xr = v128.load(spectrum), xi = v128.load(spectrum, 16);
    const re = f32x4.sub(f32x4.mul(xr, hr), f32x4.mul(xi, hi));
    const im = f32x4.add(f32x4.mul(xr, hi), f32x4.mul(xi, hr));
    v128.store(target, f32x4.add(v128.load(target), re));
    v128.store(target, f32x4.add(v128.load(target, 16), im), 16);
    target += 32;
    if (target == end) target = folded;
    spectrum += 32;
    response += 32;
  }
}

/**
 * The adjoint of `fold` for the filter: products[i] += X[b] · V[b mod slots] for `count` bins from `first`.
 *
 * @param products elements, from the first of these bins on.
 */
export function unfold(
  spectrum: usize, folded: usize, first: i32, count: i32, slots: i32, products: usize,
): void {
  spectrum += <usize>first << 5;
  const end = folded + (<usize>slots << 5);
  let source = folded + (<usize>(first % slots) << 5);
  for (let i = 0; i < count; i++) {
    const vr = v128.load(source), vi = v128.load(source, 16);
    const xr = v128.load(spectrum), xi = v128.load(spectrum, 16);
    const re = f32x4.sub(f32x4.mul(xr, vr), f32x4.mul(xi, vi));
    const im = f32x4.add(f32x4.mul(xr, vi), f32x4.mul(xi, vr));
    v128.store(products, f32x4.add(v128.load(products), re));
    v128.store(products, f32x4.add(v128.load(products, 16), im), 16);
    source += 32;
    if (source == end) source = folded;
    spectrum += 32;
    products += 32;
  }
}

/** Sums each element's four lanes into one lane of the target's elements. @param target at the lane. */
export function sumLanes(products: usize, count: i32, target: usize): void {
  for (let i = 0; i < count; i++) {
    const re = v128.load(products), im = v128.load(products, 16);
    store<f32>(
      target,
      f32x4.extract_lane(re, 0) + f32x4.extract_lane(re, 1) + f32x4.extract_lane(re, 2) + f32x4.extract_lane(re, 3),
    );
    store<f32>(
      target,
      f32x4.extract_lane(im, 0) + f32x4.extract_lane(im, 1) + f32x4.extract_lane(im, 2) + f32x4.extract_lane(im, 3),
      16,
    );
    products += 32;
    target += 32;
  }
}
