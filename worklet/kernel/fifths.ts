// The last butterfly of a block's inverse transform, of radix 5, computed for the third and fourth fifth only: the
// outputs wanted lie there. Four transforms at once, a lane each.

import { COS_144, COS_72, SIN_144, SIN_72 } from './stockham';

/** What is kept of an output: its energy, or its parts one after the other, each as max(y, slope · y). */
@inline function keep(target: usize, re: v128, im: v128, apart: bool, slope: v128): void {
  if (apart) {
    v128.store(target, f32x4.pmax(re, f32x4.mul(slope, re)));
    v128.store(target, f32x4.pmax(im, f32x4.mul(slope, im)), 16);
  } else {
    v128.store(target, f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
  }
}

/**
 * Joins five interleaved transforms and keeps the 2·points positions after the second fifth.
 *
 * @param twiddles for k from 0 to points-1 and p from 1 to 4: cosine and sine of 2π p k / (5 points).
 * @param apart whether real and imaginary part are kept as two outputs.
 * @param target receives 2·points vectors of four, or twice as many.
 */
@inline export function lastFifths(
  source: usize, points: i32, twiddles: usize, target: usize, apart: bool, slope: v128,
): void {
  const step: usize = apart ? 32 : 16;
  const far = <usize>points * step;
  const c1 = f32x4.splat(<f32>COS_72), c2 = f32x4.splat(<f32>COS_144);
  const s1 = f32x4.splat(<f32>SIN_72), s2 = f32x4.splat(<f32>SIN_144);
  // Position 0 of a fifth belongs to the fifth before: the positions kept end on the block's last one.
  target -= step;
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
      keep(target, f32x4.sub(mr, ni), f32x4.add(mi, nr), apart, slope);
    } else {
      const lr = f32x4.add(b0r, f32x4.add(f32x4.mul(c1, ar), f32x4.mul(c2, cr)));
      const li = f32x4.add(b0i, f32x4.add(f32x4.mul(c1, ai), f32x4.mul(c2, ci)));
      const or = f32x4.add(f32x4.mul(s1, br), f32x4.mul(s2, dr));
      const oi = f32x4.add(f32x4.mul(s1, bi), f32x4.mul(s2, di));
      keep(target + 2 * far, f32x4.add(lr, oi), f32x4.sub(li, or), apart, slope);
    }
    keep(target + far, f32x4.add(mr, ni), f32x4.sub(mi, nr), apart, slope);
    source += 160;
    target += step;
    twiddles += 32;
  }
}
