// What enters: bad samples out, tiny ones to zero, all scaled so that no energy ever is denormal.

/** Beyond this a sample cannot be sound and would overflow an energy. */
const LARGEST: f32 = 1e6;
/** Below this it would become a denormal on the way. */
const SMALLEST: f32 = 1e-10;

/**
 * Copies `count` samples (source padded to a multiple of four), times `scale`; NaN, infinities and absurd values
 * become zero and are counted, values below 1e-10 become zero.
 *
 * @returns how many were bad.
 */
export function clean(source: usize, target: usize, count: i32, scale: f32): i32 {
  let bad = 0;
  const largest = f32x4.splat(LARGEST);
  const smallest = f32x4.splat(SMALLEST);
  const factor = f32x4.splat(scale);
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const x = v128.load(source);
    const magnitude = f32x4.abs(x);
    const sound = f32x4.le(magnitude, largest);
    bad += 4 - popcnt<i32>(i32x4.bitmask(sound));
    const kept = v128.and(sound, f32x4.ge(magnitude, smallest));
    v128.store(target, v128.and(kept, f32x4.mul(x, factor)));
    source += 16;
    target += 16;
  }
  for (; i < count; i++) {
    const x = load<f32>(source);
    const magnitude = abs<f32>(x);
    const sound = magnitude <= LARGEST;
    if (!sound) bad++;
    store<f32>(target, sound && magnitude >= SMALLEST ? x * scale : 0);
    source += 4;
    target += 4;
  }
  return bad;
}

/** Moves `bytes` bytes within the memory, areas may overlap. */
export function move(target: usize, source: usize, bytes: usize): void {
  memory.copy(target, source, bytes);
}

/** Sets `bytes` bytes to zero. */
export function clear(target: usize, bytes: usize): void {
  memory.fill(target, 0, bytes);
}

/** bins[-k] = conj bins[k] for k from 1 to `below`, bins[half + k] = conj bins[half - k] for k from 1 to `above`. */
export function mirror(re: usize, im: usize, half: i32, below: i32, above: i32): void {
  for (let k: i32 = 1; k <= below; k++) {
    const offset = <usize>k << 2;
    store<f32>(re - offset, load<f32>(re + offset));
    store<f32>(im - offset, -load<f32>(im + offset));
  }
  const topRe = re + (<usize>half << 2);
  const topIm = im + (<usize>half << 2);
  for (let k: i32 = 1; k <= above; k++) {
    const offset = <usize>k << 2;
    store<f32>(topRe + offset, load<f32>(topRe - offset));
    store<f32>(topIm + offset, -load<f32>(topIm - offset));
  }
}

/** First address that the kernel itself does not use. */
export function heapStart(): usize {
  return __heap_base;
}
