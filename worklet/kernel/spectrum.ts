// Spectrum of N real samples: even and odd samples packed as one complex signal of N/2, that one cut into four
// interleaved parts, a part a lane, the lanes joined by a last butterfly.

import { transform } from './fourier';

/**
 * Fourier transform of `size` real samples (a multiple of 8), exponent sign -.
 *
 * @param samples `size` floats.
 * @param stages stages of the transform of `size / 8` points.
 * @param lanes twiddles of the joining butterfly: for each of size/8 bins four cosines, four sines.
 * @param unpack cosines, then sines of 2π k / size for k from 0 to size/4 + 4.
 * @param data two work areas of `size / 8` elements, one after the other.
 * @param half work area: real, then imaginary parts of the packed spectrum, `size / 2 + 8` floats each.
 * @param re real parts of bins 0 to size/2; @param im imaginary parts.
 */
export function realSpectrum(
  samples: usize, size: i32, stages: usize, lanes: usize, unpack: usize,
  data: usize, half: usize, re: usize, im: usize,
): void {
  const points = size >> 3;
  let target = data;
  for (let u = 0; u < points; u++) {
    const a = v128.load(samples);
    const b = v128.load(samples, 16);
    v128.store(target, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    // The conjugate is packed, so that transforms of sign + serve here too.
    v128.store(target, f32x4.neg(v128.shuffle<f32>(a, b, 1, 3, 5, 7)), 16);
    samples += 32;
    target += 32;
  }
  let source = transform(data, data + (<usize>points << 5), stages);
  const halfStride = <usize>((size >> 1) + 8) << 2;
  const zr = half;
  const zi = half + halfStride;
  joinLanes(source, points, lanes, zr, zi);
  separate(zr, zi, size, unpack, re, im);
}

function joinLanes(source: usize, points: i32, lanes: usize, zr: usize, zi: usize): void {
  const quarter = <usize>points << 2;
  const signs = f32x4(1, 1, -1, -1);
  const alternate = f32x4(1, -1, 1, -1);
  for (let k = 0; k < points; k++) {
    const wr = v128.load(lanes), wi = v128.load(lanes, 16);
    const ar = v128.load(source), ai = v128.load(source, 16);
    const br = f32x4.sub(f32x4.mul(ar, wr), f32x4.mul(ai, wi));
    const bi = f32x4.add(f32x4.mul(ar, wi), f32x4.mul(ai, wr));
    // (b0+b2, b1+b3, b0-b2, b1-b3)
    const tr = f32x4.add(v128.shuffle<f32>(br, br, 0, 1, 0, 1), f32x4.mul(signs, v128.shuffle<f32>(br, br, 2, 3, 2, 3)));
    const ti = f32x4.add(v128.shuffle<f32>(bi, bi, 0, 1, 0, 1), f32x4.mul(signs, v128.shuffle<f32>(bi, bi, 2, 3, 2, 3)));
    // Outputs 0 and 2: t0 ± t1; outputs 1 and 3: t2 ± i t3.
    const pr = v128.shuffle<f32>(tr, ti, 1, 1, 7, 7);
    const pi = v128.shuffle<f32>(ti, tr, 1, 1, 7, 7);
    const yr = f32x4.add(v128.shuffle<f32>(tr, tr, 0, 0, 2, 2), f32x4.mul(f32x4(1, -1, -1, 1), pr));
    const yi = f32x4.add(v128.shuffle<f32>(ti, ti, 0, 0, 2, 2), f32x4.mul(alternate, pi));
    v128.store32_lane(zr, yr, 0);
    v128.store32_lane(zr + quarter, yr, 2);
    v128.store32_lane(zr + 2 * quarter, yr, 1);
    v128.store32_lane(zr + 3 * quarter, yr, 3);
    v128.store32_lane(zi, yi, 0);
    v128.store32_lane(zi + quarter, yi, 2);
    v128.store32_lane(zi + 2 * quarter, yi, 1);
    v128.store32_lane(zi + 3 * quarter, yi, 3);
    source += 32;
    lanes += 32;
    zr += 4;
    zi += 4;
  }
}

/** Takes the spectra of the even and odd samples apart and joins them: bins 0 to size/2. */
function separate(zr: usize, zi: usize, size: i32, unpack: usize, re: usize, im: usize): void {
  const half = size >> 1;
  const quarter = size >> 2;
  const last = <usize>half << 2;
  store<f32>(re, load<f32>(zr) - load<f32>(zi));
  store<f32>(im, 0);
  store<f32>(re + last, load<f32>(zr) + load<f32>(zi));
  store<f32>(im + last, 0);
  const sines = <usize>(quarter + 5) << 2;
  const a_half = f32x4.splat(0.5);
  for (let k = 1; k <= quarter; k += 4) {
    const near = <usize>k << 2;
    const far = <usize>(half - k - 3) << 2;
    // z is the conjugate of the packed spectrum: conj on both sides cancels into the signs below.
    const ar = v128.load(zr + near), ai = v128.load(zi + near);
    const fr = v128.load(zr + far), fi = v128.load(zi + far);
    const br = v128.shuffle<f32>(fr, fr, 3, 2, 1, 0), bi = v128.shuffle<f32>(fi, fi, 3, 2, 1, 0);
    const c = v128.load(unpack + near), s = v128.load(unpack + near + sines);
    const er = f32x4.mul(a_half, f32x4.add(ar, br)), ei = f32x4.mul(a_half, f32x4.sub(bi, ai));
    const or = f32x4.mul(a_half, f32x4.sub(f32x4.neg(ai), bi)), oi = f32x4.mul(a_half, f32x4.sub(br, ar));
    const tr = f32x4.add(f32x4.mul(or, c), f32x4.mul(oi, s));
    const ti = f32x4.sub(f32x4.mul(oi, c), f32x4.mul(or, s));
    v128.store(re + near, f32x4.add(er, tr));
    v128.store(im + near, f32x4.add(ei, ti));
    const mr = f32x4.sub(er, tr), mi = f32x4.sub(ti, ei);
    v128.store(re + far, v128.shuffle<f32>(mr, mr, 3, 2, 1, 0));
    v128.store(im + far, v128.shuffle<f32>(mi, mi, 3, 2, 1, 0));
  }
}
