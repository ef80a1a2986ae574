// Batched complex Fourier transforms: independent transforms, one a SIMD lane, four of f32 or two of f64.
// An element is 32 bytes: the lanes' real parts, their imaginary parts. The sign of the exponent is +.

const ELEMENT: usize = 32;

@inline function splat<T>(pointer: usize, index: usize): v128 {
  return v128.load_splat<T>(pointer + index * sizeof<T>());
}

@inline function add<T>(a: v128, b: v128): v128 {
  return v128.add<T>(a, b);
}

@inline function sub<T>(a: v128, b: v128): v128 {
  return v128.sub<T>(a, b);
}

@inline function mul<T>(a: v128, b: v128): v128 {
  return v128.mul<T>(a, b);
}

/** Stores (re, im) · (wr, wi). */
@inline function storeRotated<T>(target: usize, re: v128, im: v128, wr: v128, wi: v128): void {
  v128.store(target, sub<T>(mul<T>(re, wr), mul<T>(im, wi)));
  v128.store(target, add<T>(mul<T>(re, wi), mul<T>(im, wr)), 16);
}

@inline function store(target: usize, re: v128, im: v128): void {
  v128.store(target, re);
  v128.store(target, im, 16);
}

/** Stockham stage of radix 2: `count` twiddles, runs of `run` elements. */
function stage2<T>(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  for (let p = 0; p < count; p++) {
    const wr = splat<T>(twiddles, 0);
    const wi = splat<T>(twiddles, 1);
    twiddles += 2 * sizeof<T>();
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      store(target, add<T>(r0, r1), add<T>(i0, i1));
      if (p == 0) store(target + step, sub<T>(r0, r1), sub<T>(i0, i1));
      else storeRotated<T>(target + step, sub<T>(r0, r1), sub<T>(i0, i1), wr, wi);
      source += ELEMENT;
      target += ELEMENT;
    }
    target += step;
  }
}

/** Stockham stage of radix 3. */
function stage3<T>(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  const half = v128.splat<T>(<T>0.5);
  const sine = v128.splat<T>(<T>0.8660254037844386);
  for (let p = 0; p < count; p++) {
    const w1r = splat<T>(twiddles, 0), w1i = splat<T>(twiddles, 1);
    const w2r = splat<T>(twiddles, 2), w2i = splat<T>(twiddles, 3);
    twiddles += 4 * sizeof<T>();
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      const r2 = v128.load(source + 2 * far), i2 = v128.load(source + 2 * far, 16);
      const sr = add<T>(r1, r2), si = add<T>(i1, i2);
      const dr = mul<T>(sine, sub<T>(r1, r2)), di = mul<T>(sine, sub<T>(i1, i2));
      const mr = sub<T>(r0, mul<T>(half, sr)), mi = sub<T>(i0, mul<T>(half, si));
      store(target, add<T>(r0, sr), add<T>(i0, si));
      storeRotated<T>(target + step, sub<T>(mr, di), add<T>(mi, dr), w1r, w1i);
      storeRotated<T>(target + 2 * step, add<T>(mr, di), sub<T>(mi, dr), w2r, w2i);
      source += ELEMENT;
      target += ELEMENT;
    }
    target += 2 * step;
  }
}

/** Stockham stage of radix 4. */
function stage4<T>(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  for (let p = 0; p < count; p++) {
    const w1r = splat<T>(twiddles, 0), w1i = splat<T>(twiddles, 1);
    const w2r = splat<T>(twiddles, 2), w2i = splat<T>(twiddles, 3);
    const w3r = splat<T>(twiddles, 4), w3i = splat<T>(twiddles, 5);
    twiddles += 6 * sizeof<T>();
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      const r2 = v128.load(source + 2 * far), i2 = v128.load(source + 2 * far, 16);
      const r3 = v128.load(source + 3 * far), i3 = v128.load(source + 3 * far, 16);
      const s02r = add<T>(r0, r2), s02i = add<T>(i0, i2), d02r = sub<T>(r0, r2), d02i = sub<T>(i0, i2);
      const s13r = add<T>(r1, r3), s13i = add<T>(i1, i3), d13r = sub<T>(r1, r3), d13i = sub<T>(i1, i3);
      store(target, add<T>(s02r, s13r), add<T>(s02i, s13i));
      if (p == 0) {
        store(target + step, sub<T>(d02r, d13i), add<T>(d02i, d13r));
        store(target + 2 * step, sub<T>(s02r, s13r), sub<T>(s02i, s13i));
        store(target + 3 * step, add<T>(d02r, d13i), sub<T>(d02i, d13r));
      } else {
        storeRotated<T>(target + step, sub<T>(d02r, d13i), add<T>(d02i, d13r), w1r, w1i);
        storeRotated<T>(target + 2 * step, sub<T>(s02r, s13r), sub<T>(s02i, s13i), w2r, w2i);
        storeRotated<T>(target + 3 * step, add<T>(d02r, d13i), sub<T>(d02i, d13r), w3r, w3i);
      }
      source += ELEMENT;
      target += ELEMENT;
    }
    target += 3 * step;
  }
}

export const COS_72: f64 = 0.30901699437494745;
export const COS_144: f64 = -0.8090169943749475;
export const SIN_72: f64 = 0.9510565162951535;
export const SIN_144: f64 = 0.5877852522924731;

/** Stockham stage of radix 5. */
function stage5<T>(source: usize, target: usize, count: i32, run: i32, twiddles: usize): void {
  const far = <usize>(count * run) * ELEMENT;
  const step = <usize>run * ELEMENT;
  const c1 = v128.splat<T>(<T>COS_72), c2 = v128.splat<T>(<T>COS_144);
  const s1 = v128.splat<T>(<T>SIN_72), s2 = v128.splat<T>(<T>SIN_144);
  for (let p = 0; p < count; p++) {
    const w1r = splat<T>(twiddles, 0), w1i = splat<T>(twiddles, 1);
    const w2r = splat<T>(twiddles, 2), w2i = splat<T>(twiddles, 3);
    const w3r = splat<T>(twiddles, 4), w3i = splat<T>(twiddles, 5);
    const w4r = splat<T>(twiddles, 6), w4i = splat<T>(twiddles, 7);
    twiddles += 8 * sizeof<T>();
    for (let q = 0; q < run; q++) {
      const r0 = v128.load(source), i0 = v128.load(source, 16);
      const r1 = v128.load(source + far), i1 = v128.load(source + far, 16);
      const r2 = v128.load(source + 2 * far), i2 = v128.load(source + 2 * far, 16);
      const r3 = v128.load(source + 3 * far), i3 = v128.load(source + 3 * far, 16);
      const r4 = v128.load(source + 4 * far), i4 = v128.load(source + 4 * far, 16);
      const ar = add<T>(r1, r4), ai = add<T>(i1, i4), br = sub<T>(r1, r4), bi = sub<T>(i1, i4);
      const cr = add<T>(r2, r3), ci = add<T>(i2, i3), dr = sub<T>(r2, r3), di = sub<T>(i2, i3);
      const m1r = add<T>(r0, add<T>(mul<T>(c1, ar), mul<T>(c2, cr)));
      const m1i = add<T>(i0, add<T>(mul<T>(c1, ai), mul<T>(c2, ci)));
      const m2r = add<T>(r0, add<T>(mul<T>(c2, ar), mul<T>(c1, cr)));
      const m2i = add<T>(i0, add<T>(mul<T>(c2, ai), mul<T>(c1, ci)));
      const n1r = add<T>(mul<T>(s1, br), mul<T>(s2, dr)), n1i = add<T>(mul<T>(s1, bi), mul<T>(s2, di));
      const n2r = sub<T>(mul<T>(s2, br), mul<T>(s1, dr)), n2i = sub<T>(mul<T>(s2, bi), mul<T>(s1, di));
      store(target, add<T>(r0, add<T>(ar, cr)), add<T>(i0, add<T>(ai, ci)));
      if (p == 0) {
        store(target + step, sub<T>(m1r, n1i), add<T>(m1i, n1r));
        store(target + 2 * step, sub<T>(m2r, n2i), add<T>(m2i, n2r));
        store(target + 3 * step, add<T>(m2r, n2i), sub<T>(m2i, n2r));
        store(target + 4 * step, add<T>(m1r, n1i), sub<T>(m1i, n1r));
      } else {
        storeRotated<T>(target + step, sub<T>(m1r, n1i), add<T>(m1i, n1r), w1r, w1i);
        storeRotated<T>(target + 2 * step, sub<T>(m2r, n2i), add<T>(m2i, n2r), w2r, w2i);
        storeRotated<T>(target + 3 * step, add<T>(m2r, n2i), sub<T>(m2i, n2r), w3r, w3i);
        storeRotated<T>(target + 4 * step, add<T>(m1r, n1i), sub<T>(m1i, n1r), w4r, w4i);
      }
      source += ELEMENT;
      target += ELEMENT;
    }
    target += 4 * step;
  }
}

@inline function stagesOf<T>(data: usize, scratch: usize, stages: usize): usize {
  const count = load<i32>(stages);
  for (let i = 0; i < count; i++) {
    const radix = load<i32>(stages, 4);
    const m = load<i32>(stages, 8);
    const run = load<i32>(stages, 12);
    const twiddles = <usize>load<i32>(stages, 16);
    if (radix == 4) stage4<T>(data, scratch, m, run, twiddles);
    else if (radix == 5) stage5<T>(data, scratch, m, run, twiddles);
    else if (radix == 2) stage2<T>(data, scratch, m, run, twiddles);
    else stage3<T>(data, scratch, m, run, twiddles);
    const swap = data;
    data = scratch;
    scratch = swap;
    stages += 16;
  }
  return data;
}

/**
 * Runs the stages of a transform of f32, taking turns between two areas.
 *
 * @param stages number of stages, then for each: radix, twiddle count, run, pointer to twiddles (i32 each).
 * @returns the area that holds the result.
 */
export function transform(data: usize, scratch: usize, stages: usize): usize {
  return stagesOf<f32>(data, scratch, stages);
}

/** As `transform`, of f64. */
export function transformDouble(data: usize, scratch: usize, stages: usize): usize {
  return stagesOf<f64>(data, scratch, stages);
}
