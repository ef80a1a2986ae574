// Between filter and pooling, and the floor after it, each with its adjoint. Outputs y of a filter are elements of
// 32 bytes (real, imaginary parts of four sounds), energies vectors of 16.

/** energies = |y|². */
export function energies(y: usize, count: i32, target: usize): void {
  for (let k = 0; k < count; k++) {
    const re = v128.load(y), im = v128.load(y, 16);
    v128.store(target, f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
    y += 32;
    target += 16;
  }
}

/** The conjugate of ∂L/∂y = 2 y ∂L/∂|y|². @param gradient ∂L/∂|y|². @param target elements. */
export function energiesGradient(y: usize, gradient: usize, count: i32, target: usize): void {
  const two = f32x4.splat(2);
  for (let k = 0; k < count; k++) {
    const twice = f32x4.mul(two, v128.load(gradient));
    v128.store(target, f32x4.mul(twice, v128.load(y)));
    v128.store(target, f32x4.neg(f32x4.mul(twice, v128.load(y, 16))), 16);
    y += 32;
    gradient += 16;
    target += 32;
  }
}

/** One component of y through a rectifier, leaky or not. @param y at the component. @param slope of negative values, in memory. */
export function component(y: usize, count: i32, slope: usize, target: usize): void {
  const leak = v128.load32_splat(slope);
  const zero = f32x4.splat(0);
  for (let k = 0; k < count; k++) {
    const value = v128.load(y);
    v128.store(target, v128.bitselect(value, f32x4.mul(leak, value), f32x4.gt(value, zero)));
    y += 32;
    target += 16;
  }
}

/**
 * The adjoint of `component`.
 *
 * @param target the component of elements. @param sign of what is stored, in memory after the slope.
 */
export function componentGradient(y: usize, gradient: usize, count: i32, slope: usize, target: usize): void {
  const leak = v128.load32_splat(slope), sign = v128.load32_splat(slope, 4);
  const zero = f32x4.splat(0);
  for (let k = 0; k < count; k++) {
    const passed = f32x4.mul(sign, v128.load(gradient));
    v128.store(target, v128.bitselect(passed, f32x4.mul(leak, passed), f32x4.gt(v128.load(y), zero)));
    y += 32;
    gradient += 16;
    target += 32;
  }
}

/** energies = max(energies + bias, floor). @param constants bias, floor. */
export function floorEnergies(values: usize, count: i32, constants: usize): void {
  const bias = v128.load32_splat(constants), least = v128.load32_splat(constants, 4);
  for (let i = 0; i < count; i++) {
    v128.store(values, f32x4.max(f32x4.add(v128.load(values), bias), least));
    values += 16;
  }
}

/** Clears the gradient where the floor holds. @param values the floored energies. */
export function floorGradient(values: usize, gradient: usize, count: i32, constants: usize): void {
  const least = v128.load32_splat(constants, 4);
  for (let i = 0; i < count; i++) {
    v128.store(gradient, v128.and(v128.load(gradient), f32x4.gt(v128.load(values), least)));
    values += 16;
    gradient += 16;
  }
}
