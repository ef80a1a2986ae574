// Max pooling at full rate, and its adjoint. Vectors of four sounds.

/**
 * sums[i] = the largest of values[from_i] to values[to_i - 1].
 *
 * @param ranges for each frame `from` and `to` (i32). @param places receives the index of each largest (i32 per lane).
 */
export function maxPool(values: usize, frames: i32, ranges: usize, sums: usize, places: usize): void {
  const one = i32x4.splat(1);
  for (let i = 0; i < frames; i++) {
    const from = load<i32>(ranges), to = load<i32>(ranges, 4);
    let source = values + (<usize>from << 4);
    let largest = v128.load(source);
    let index = i32x4.splat(from), place = index;
    for (let k = from + 1; k < to; k++) {
      source += 16;
      index = i32x4.add(index, one);
      const value = v128.load(source);
      const greater = f32x4.gt(value, largest);
      largest = v128.bitselect(value, largest, greater);
      place = v128.bitselect(index, place, greater);
    }
    v128.store(sums, largest);
    v128.store(places, place);
    ranges += 8;
    sums += 16;
    places += 16;
  }
}

/** Adds each ∂L/∂sums to the gradient at the place of the largest. @param gradient of the values. */
export function maxPoolGradient(outer: usize, places: usize, frames: i32, gradient: usize): void {
  for (let i = 0; i < frames * 4; i++) {
    const lane = <usize>(i & 3) << 2;
    const target = gradient + (<usize>load<i32>(places) << 4) + lane;
    store<f32>(target, load<f32>(target) + load<f32>(outer));
    places += 4;
    outer += 4;
  }
}
