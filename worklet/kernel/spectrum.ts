// Spectrum of N real samples: even and odd samples packed as one complex signal of N/2, that one cut into its even and
// odd points, a part a lane; the lanes are joined and the packing is undone at once. All in f64, since a quiet band
// shows what rounding leaves of the loud ones beside it.

import { transformDouble } from './stockham';

/**
 * Fourier transform of real samples, weighed by a window, zeros behind them; exponent sign -.
 *
 * @param T of the spectrum stored, f32 or f64.
 * @param samples `vectors` vectors of four f32.
 * @param window for each vector the weights of its samples 0, 2, 1, 3, the last two negative: the conjugate is packed,
 *   so that transforms of sign + serve.
 * @param windowStep bytes from one vector's weights to the next one's: 32, or 0 where all have the same.
 * @param size points of the transform, a multiple of 8.
 * @param stages stages of the transform of `size / 4` points.
 * @param roots for k from 0 to `size / 4`: cosine and sine of 2π k / size.
 * @param data two work areas of `size / 4` elements, one after the other.
 * @param re receives the real parts of bins 0 to `size / 2`; @param im the imaginary parts.
 */
@inline export function spectrumOf<T>(
  samples: usize, vectors: i32, window: usize, windowStep: usize, size: i32, stages: usize, roots: usize, data: usize,
  re: usize, im: usize,
): void {
  const points = size >> 2;
  pack(samples, vectors, window, windowStep, points, data);
  unpack<T>(transformDouble(data, data + (<usize>points << 5), stages), points, roots, re, im);
}

/** `spectrumOf` a whole block, stored as f32. */
export function realSpectrum(
  samples: usize, size: i32, signs: usize, stages: usize, roots: usize, data: usize, re: usize, im: usize,
): void {
  spectrumOf<f32>(samples, size >> 2, signs, 0, size, stages, roots, data, re, im);
}

function pack(
  samples: usize, vectors: i32, window: usize, windowStep: usize, points: i32, target: usize,
): void {
  for (let u = 0; u < vectors; u++) {
    const x = v128.load(samples);
    const even = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 0, 2, 0, 2));
    const odd = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 1, 3, 1, 3));
    v128.store(target, f64x2.mul(even, v128.load(window)));
    v128.store(target, f64x2.mul(odd, v128.load(window, 16)), 16);
    samples += 16;
    window += windowStep;
    target += 32;
  }
  memory.fill(target, 0, <usize>(points - vectors) << 5);
}

@inline function put<T>(target: usize, bin: i32, value: f64): void {
  store<T>(target + <usize>bin * sizeof<T>(), <T>value);
}

/** Stores the values of two neighbouring bins. */
@inline function putTwo<T>(target: usize, values: v128): void {
  if (sizeof<T>() == 8) v128.store(target, values);
  else v128.store64_lane(target, f32x4.demote_f64x2_zero(values), 0);
}

@inline function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

@inline function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

@inline function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** The first, or the second, lanes of two vectors. */
@inline function firsts(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

@inline function seconds(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

function unpack<T>(source: usize, points: i32, roots: usize, re: usize, im: usize): void {
  const half = 2 * points;
  const two = f64x2.splat(2), point5 = f64x2.splat(0.5);
  let near = source + 32;
  let far = source + (<usize>(points - 1) << 5);
  // Bins k and k + 1, and those as far from the middle one on its other side; the last turn reads an element too many.
  for (let k = 1; k < points; k += 2) {
    roots += 16;
    const root0 = v128.load(roots), root1 = v128.load(roots, 16);
    const c = firsts(root0, root1), s = seconds(root0, root1);
    // The packed signal's twiddle is the square of the real one's.
    const wr = sub(mul(c, c), mul(s, s)), wi = mul(two, mul(c, s));
    const n0r = v128.load(near), n0i = v128.load(near, 16), n1r = v128.load(near, 32), n1i = v128.load(near, 48);
    const f0r = v128.load(far), f0i = v128.load(far, 16), f1r = v128.load(far - 32), f1i = v128.load(far - 16);
    const nr = seconds(n0r, n1r), ni = seconds(n0i, n1i), fr = seconds(f0r, f1r), fi = seconds(f0i, f1i);
    // a and b are conjugates of the packed spectrum's bins k and half - k.
    const ar = add(firsts(n0r, n1r), sub(mul(nr, wr), mul(ni, wi)));
    const ai = add(firsts(n0i, n1i), add(mul(nr, wi), mul(ni, wr)));
    const br = add(firsts(f0r, f1r), add(mul(fr, wr), mul(fi, wi)));
    const bi = add(firsts(f0i, f1i), sub(mul(fi, wr), mul(fr, wi)));
    const er = mul(point5, add(ar, br)), ei = mul(point5, sub(bi, ai));
    const or = mul(point5, add(ai, bi)), oi = mul(point5, sub(br, ar));
    const tr = sub(mul(oi, s), mul(or, c)), ti = add(mul(oi, c), mul(or, s));
    const at = <usize>k * sizeof<T>(), opposite = <usize>(half - k - 1) * sizeof<T>();
    putTwo<T>(re + at, add(er, tr));
    putTwo<T>(im + at, add(ei, ti));
    const mr = sub(er, tr), mi = sub(ti, ei);
    putTwo<T>(re + opposite, v128.shuffle<f64>(mr, mr, 1, 0));
    putTwo<T>(im + opposite, v128.shuffle<f64>(mi, mi, 1, 0));
    roots += 16;
    near += 64;
    far -= 64;
  }
  const sumRe = load<f64>(source) + load<f64>(source, 8);
  const sumIm = load<f64>(source, 16) + load<f64>(source, 24);
  put<T>(re, 0, sumRe - sumIm);
  put<T>(im, 0, 0);
  put<T>(re, half, sumRe + sumIm);
  put<T>(im, half, 0);
  put<T>(re, points, load<f64>(source) - load<f64>(source, 8));
  put<T>(im, points, load<f64>(source, 16) - load<f64>(source, 24));
}
