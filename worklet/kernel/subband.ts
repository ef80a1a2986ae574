// Sub-bands: the spectrum of a block times a filter's spectrum, folded to fewer bins (decimation in time is folding in
// frequency, exactly), transformed back only where output is wanted. Four filters of one stride at a time.

import { COS_144, COS_72, SIN_144, SIN_72, transform } from './fourier';

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

@inline function storeEnergy(target: usize, re: v128, im: v128): void {
  v128.store(target, f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
}

/**
 * Transforms the folded bins back and keeps |y|² at the 2·points positions after the second fifth of the block:
 * the last butterfly, of radix 5, is computed for the third and fourth fifth only.
 *
 * @param folded 5·points elements, @param scratch as many.
 * @param stages stages of five interleaved transforms of `points` points.
 * @param twiddles for k from 0 to points-1 and p from 1 to 4: cosine and sine of 2π p k / (5 points).
 * @param energies receives 2·points vectors of four.
 */
export function subbandEnergies(
  folded: usize, scratch: usize, stages: usize, points: i32, twiddles: usize, energies: usize,
): void {
  let source = transform(folded, scratch, stages);
  const far = <usize>points << 4;
  const c1 = f32x4.splat(COS_72), c2 = f32x4.splat(COS_144);
  const s1 = f32x4.splat(SIN_72), s2 = f32x4.splat(SIN_144);
  // Position 0 of a fifth belongs to the fifth before: the positions kept end on the block's last one.
  let target = energies - 16;
  for (let k = 0; k < points; k++) {
    const b0r = v128.load(source), b0i = v128.load(source, 16);
    let b1r = v128.load(source, 32), b1i = v128.load(source, 48);
    let b2r = v128.load(source, 64), b2i = v128.load(source, 80);
    let b3r = v128.load(source, 96), b3i = v128.load(source, 112);
    let b4r = v128.load(source, 128), b4i = v128.load(source, 144);
    if (k > 0) {
      let wr = v128.load32_splat(twiddles), wi = v128.load32_splat(twiddles, 4);
      let turned = f32x4.sub(f32x4.mul(b1r, wr), f32x4.mul(b1i, wi));
      b1i = f32x4.add(f32x4.mul(b1r, wi), f32x4.mul(b1i, wr));
      b1r = turned;
      wr = v128.load32_splat(twiddles, 8), wi = v128.load32_splat(twiddles, 12);
      turned = f32x4.sub(f32x4.mul(b2r, wr), f32x4.mul(b2i, wi));
      b2i = f32x4.add(f32x4.mul(b2r, wi), f32x4.mul(b2i, wr));
      b2r = turned;
      wr = v128.load32_splat(twiddles, 16), wi = v128.load32_splat(twiddles, 20);
      turned = f32x4.sub(f32x4.mul(b3r, wr), f32x4.mul(b3i, wi));
      b3i = f32x4.add(f32x4.mul(b3r, wi), f32x4.mul(b3i, wr));
      b3r = turned;
      wr = v128.load32_splat(twiddles, 24), wi = v128.load32_splat(twiddles, 28);
      turned = f32x4.sub(f32x4.mul(b4r, wr), f32x4.mul(b4i, wi));
      b4i = f32x4.add(f32x4.mul(b4r, wi), f32x4.mul(b4i, wr));
      b4r = turned;
    }
    const ar = f32x4.add(b1r, b4r), ai = f32x4.add(b1i, b4i), br = f32x4.sub(b1r, b4r), bi = f32x4.sub(b1i, b4i);
    const cr = f32x4.add(b2r, b3r), ci = f32x4.add(b2i, b3i), dr = f32x4.sub(b2r, b3r), di = f32x4.sub(b2i, b3i);
    const mr = f32x4.add(b0r, f32x4.add(f32x4.mul(c2, ar), f32x4.mul(c1, cr)));
    const mi = f32x4.add(b0i, f32x4.add(f32x4.mul(c2, ai), f32x4.mul(c1, ci)));
    const nr = f32x4.sub(f32x4.mul(s2, br), f32x4.mul(s1, dr));
    const ni = f32x4.sub(f32x4.mul(s2, bi), f32x4.mul(s1, di));
    if (k > 0) {
      storeEnergy(target, f32x4.sub(mr, ni), f32x4.add(mi, nr));
    } else {
      const lr = f32x4.add(b0r, f32x4.add(f32x4.mul(c1, ar), f32x4.mul(c2, cr)));
      const li = f32x4.add(b0i, f32x4.add(f32x4.mul(c1, ai), f32x4.mul(c2, ci)));
      const or = f32x4.add(f32x4.mul(s1, br), f32x4.mul(s2, dr));
      const oi = f32x4.add(f32x4.mul(s1, bi), f32x4.mul(s2, di));
      storeEnergy(target + 2 * far, f32x4.add(lr, oi), f32x4.sub(li, or));
    }
    storeEnergy(target + far, f32x4.add(mr, ni), f32x4.sub(mi, nr));
    source += 160;
    target += 16;
    twiddles += 32;
  }
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
  const sum = f32x4.add(even, odd);
  const a = sums + (<usize>load<i32>(channels) << 2);
  const b = sums + (<usize>load<i32>(channels, 4) << 2);
  const c = sums + (<usize>load<i32>(channels, 8) << 2);
  const d = sums + (<usize>load<i32>(channels, 12) << 2);
  store<f32>(a, load<f32>(a) + f32x4.extract_lane(sum, 0));
  store<f32>(b, load<f32>(b) + f32x4.extract_lane(sum, 1));
  store<f32>(c, load<f32>(c) + f32x4.extract_lane(sum, 2));
  store<f32>(d, load<f32>(d) + f32x4.extract_lane(sum, 3));
}
