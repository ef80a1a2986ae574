// Batched complex Fourier transforms: four independent transforms, one a SIMD lane.
// An element is 32 bytes: four real parts, four imaginary parts. The sign of the exponent is +.

const ELEMENT: usize = 32;

@inline function splat(pointer: usize): v128 {
  return v128.load32_splat(pointer);
}

@inline function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

@inline function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

@inline function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** Stores (re, im) · (wr, wi). */
@inline function storeRotated(target: usize, re: v128, im: v128, wr: v128, wi: v128): void {
  v128.store(target, sub(mul(re, wr), mul(im, wi)));
  v128.store(target, add(mul(re, wi), mul(im, wr)), 16);
}

@inline function store(target: usize, re: v128, im: v128): void {
  v128.store(target, re);
  v128.store(target, im, 16);
}

/** Stockham stage of radix 2: `count` twiddles, runs of `run` elements. */
function stage2(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  for (let p = 0; p < count; p++) {
    const wr = splat(twiddles);
    const wi = splat(twiddles + 4);
    twiddles += 8;
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      store(target, add(r0, r1), add(i0, i1));
      if (p == 0) store(target + step, sub(r0, r1), sub(i0, i1));
      else storeRotated(target + step, sub(r0, r1), sub(i0, i1), wr, wi);
      source += ELEMENT;
      target += ELEMENT;
    }
    target += step;
  }
}

/** Stockham stage of radix 3. */
function stage3(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  const half = f32x4.splat(0.5);
  const sine = f32x4.splat(0.8660254037844386);
  for (let p = 0; p < count; p++) {
    const w1r = splat(twiddles), w1i = splat(twiddles + 4);
    const w2r = splat(twiddles + 8), w2i = splat(twiddles + 12);
    twiddles += 16;
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      const r2 = v128.load(source + 2 * far), i2 = v128.load(source + 2 * far, 16);
      const sr = add(r1, r2), si = add(i1, i2);
      const dr = mul(sine, sub(r1, r2)), di = mul(sine, sub(i1, i2));
      const mr = sub(r0, mul(half, sr)), mi = sub(i0, mul(half, si));
      store(target, add(r0, sr), add(i0, si));
      storeRotated(target + step, sub(mr, di), add(mi, dr), w1r, w1i);
      storeRotated(target + 2 * step, add(mr, di), sub(mi, dr), w2r, w2i);
      source += ELEMENT;
      target += ELEMENT;
    }
    target += 2 * step;
  }
}

/** Stockham stage of radix 4. */
function stage4(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  for (let p = 0; p < count; p++) {
    const w1r = splat(twiddles), w1i = splat(twiddles + 4);
    const w2r = splat(twiddles + 8), w2i = splat(twiddles + 12);
    const w3r = splat(twiddles + 16), w3i = splat(twiddles + 20);
    twiddles += 24;
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      const r2 = v128.load(source + 2 * far), i2 = v128.load(source + 2 * far, 16);
      const r3 = v128.load(source + 3 * far), i3 = v128.load(source + 3 * far, 16);
      const s02r = add(r0, r2), s02i = add(i0, i2), d02r = sub(r0, r2), d02i = sub(i0, i2);
      const s13r = add(r1, r3), s13i = add(i1, i3), d13r = sub(r1, r3), d13i = sub(i1, i3);
      store(target, add(s02r, s13r), add(s02i, s13i));
      if (p == 0) {
        store(target + step, sub(d02r, d13i), add(d02i, d13r));
        store(target + 2 * step, sub(s02r, s13r), sub(s02i, s13i));
        store(target + 3 * step, add(d02r, d13i), sub(d02i, d13r));
      } else {
        storeRotated(target + step, sub(d02r, d13i), add(d02i, d13r), w1r, w1i);
        storeRotated(target + 2 * step, sub(s02r, s13r), sub(s02i, s13i), w2r, w2i);
        storeRotated(target + 3 * step, add(d02r, d13i), sub(d02i, d13r), w3r, w3i);
      }
      source += ELEMENT;
      target += ELEMENT;
    }
    target += 3 * step;
  }
}

export const COS_72: f32 = 0.30901699437494745;
export const COS_144: f32 = -0.8090169943749475;
export const SIN_72: f32 = 0.9510565162951535;
export const SIN_144: f32 = 0.5877852522924731;

/** Stockham stage of radix 5. */
function stage5(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  const c1 = f32x4.splat(COS_72), c2 = f32x4.splat(COS_144);
  const s1 = f32x4.splat(SIN_72), s2 = f32x4.splat(SIN_144);
  for (let p = 0; p < count; p++) {
    const w1r = splat(twiddles), w1i = splat(twiddles + 4);
    const w2r = splat(twiddles + 8), w2i = splat(twiddles + 12);
    const w3r = splat(twiddles + 16), w3i = splat(twiddles + 20);
    const w4r = splat(twiddles + 24), w4i = splat(twiddles + 28);
    twiddles += 32;
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      const r2 = v128.load(source + 2 * far), i2 = v128.load(source + 2 * far, 16);
      const r3 = v128.load(source + 3 * far), i3 = v128.load(source + 3 * far, 16);
      const r4 = v128.load(source + 4 * far), i4 = v128.load(source + 4 * far, 16);
      const ar = add(r1, r4), ai = add(i1, i4), br = sub(r1, r4), bi = sub(i1, i4);
      const cr = add(r2, r3), ci = add(i2, i3), dr = sub(r2, r3), di = sub(i2, i3);
      const m1r = add(r0, add(mul(c1, ar), mul(c2, cr))), m1i = add(i0, add(mul(c1, ai), mul(c2, ci)));
      const m2r = add(r0, add(mul(c2, ar), mul(c1, cr))), m2i = add(i0, add(mul(c2, ai), mul(c1, ci)));
      const n1r = add(mul(s1, br), mul(s2, dr)), n1i = add(mul(s1, bi), mul(s2, di));
      const n2r = sub(mul(s2, br), mul(s1, dr)), n2i = sub(mul(s2, bi), mul(s1, di));
      store(target, add(r0, add(ar, cr)), add(i0, add(ai, ci)));
      if (p == 0) {
        store(target + step, sub(m1r, n1i), add(m1i, n1r));
        store(target + 2 * step, sub(m2r, n2i), add(m2i, n2r));
        store(target + 3 * step, add(m2r, n2i), sub(m2i, n2r));
        store(target + 4 * step, add(m1r, n1i), sub(m1i, n1r));
      } else {
        storeRotated(target + step, sub(m1r, n1i), add(m1i, n1r), w1r, w1i);
        storeRotated(target + 2 * step, sub(m2r, n2i), add(m2i, n2r), w2r, w2i);
        storeRotated(target + 3 * step, add(m2r, n2i), sub(m2i, n2r), w3r, w3i);
        storeRotated(target + 4 * step, add(m1r, n1i), sub(m1i, n1r), w4r, w4i);
      }
      source += ELEMENT;
      target += ELEMENT;
    }
    target += 4 * step;
  }
}

/**
 * Runs the stages of a transform, taking turns between two areas.
 *
 * @param stages number of stages, then for each: radix, twiddle count, run, pointer to twiddles (i32 each).
 * @returns the area that holds the result.
 */
export function transform(data: usize, scratch: usize, stages: usize): usize {
  const count = load<i32>(stages);
  for (let i = 0; i < count; i++) {
    const radix = load<i32>(stages, 4);
    const m = load<i32>(stages, 8);
    const run = load<i32>(stages, 12);
    const twiddles = <usize>load<i32>(stages, 16);
    if (radix == 4) stage4(data, scratch, m, run, twiddles);
    else if (radix == 5) stage5(data, scratch, m, run, twiddles);
    else if (radix == 2) stage2(data, scratch, m, run, twiddles);
    else stage3(data, scratch, m, run, twiddles);
    const swap = data;
    data = scratch;
    scratch = swap;
    stages += 16;
  }
  return data;
}
