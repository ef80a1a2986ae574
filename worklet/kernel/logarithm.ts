// Logarithm and exponential of base 2, four at a time, to about 1e-7: polynomials on the reduced argument.

/** log2 of positive, normal floats. */
@inline export function log2(x: v128): v128 {
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(bits, 23);
  const mantissa = i32x4.sub(x, i32x4.shl(exponent, 23));
  // m in [√½, √2): log2 m = 2/ln 2 · artanh((m-1)/(m+1))
  const one = f32x4.splat(1);
  const f = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const g = f32x4.mul(f, f);
  let sum = f32x4.splat(0.3205989);
  sum = f32x4.add(f32x4.mul(sum, g), f32x4.splat(0.4121986));
  sum = f32x4.add(f32x4.mul(sum, g), f32x4.splat(0.5770780));
  sum = f32x4.add(f32x4.mul(sum, g), f32x4.splat(0.9617967));
  sum = f32x4.add(f32x4.mul(sum, g), f32x4.splat(2.8853901));
  return f32x4.add(f32x4.mul(sum, f), f32x4.convert_i32x4_s(exponent));
}

/** 2^x; below -126 the least normal float, above 127 the power 127. */
@inline export function exp2(x: v128): v128 {
  const bounded = f32x4.max(f32x4.splat(-126), f32x4.min(f32x4.splat(127), x));
  const whole = f32x4.nearest(bounded);
  const f = f32x4.sub(bounded, whole);
  let sum = f32x4.splat(1.5252734e-5);
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(1.5403530e-4));
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(1.3333558e-3));
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(9.6181291e-3));
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(5.5504109e-2));
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.24022651));
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.69314718));
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(1));
  return i32x4.add(sum, i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23));
}
