// The last step of a frame: scale, bias, floor and compression, over channels padded to a multiple of four.

import { exp2, log2 } from './logarithm';

/**
 * energies = max(scale · energies + bias, floor).
 *
 * @param vectors channels / 4, rounded up.
 * @param constants scale, floor, and what the compression has of its own: in memory, since a fraction handed over by the host would be boxed each time.
 */
export function floorEnergies(energies: usize, bias: usize, vectors: i32, constants: usize): void {
  const factor = v128.load32_splat(constants);
  const least = v128.load32_splat(constants, 4);
  for (let i = 0; i < vectors; i++) {
    const energy = f32x4.add(f32x4.mul(v128.load(energies), factor), v128.load(bias));
    v128.store(energies, f32x4.max(energy, least));
    energies += 16;
    bias += 16;
  }
}

/**
 * PCEN: M = s·E + (1-s)·M, y = (E · (floor + M)^-α + δ)^(1/r) - δ^(1/r).
 *
 * @param parameters five rows, a row padded to `vectors` vectors: s, -α, δ, 1/r, δ^(1/r).
 * @param smoother M, kept from frame to frame; @param first whether M starts at E with this frame.
 */
export function pcen(
  energies: usize, parameters: usize, smoother: usize, first: bool, vectors: i32, constants: usize, target: usize,
): void {
  const row = <usize>vectors << 4;
  const offset = v128.load32_splat(constants, 8);
  const least = f32x4.splat(1.17549435e-38);
  for (let i = 0; i < vectors; i++) {
    const energy = v128.load(energies);
    const smooth = v128.load(parameters);
    const minusAlpha = v128.load(parameters + row);
    const delta = v128.load(parameters + 2 * row);
    const power = v128.load(parameters + 3 * row);
    const offsetRoot = v128.load(parameters + 4 * row);
    const before = first ? energy : v128.load(smoother);
    // s·(E - M) + M would lose M's small digits when s is near 1; the official form does not.
    const now = f32x4.add(
      f32x4.mul(smooth, energy),
      f32x4.mul(f32x4.sub(f32x4.splat(1), smooth), before),
    );
    v128.store(smoother, now);
    const gain = exp2(f32x4.mul(minusAlpha, log2(f32x4.max(f32x4.add(now, offset), least))));
    const lifted = f32x4.add(f32x4.mul(energy, gain), delta);
    const root = exp2(f32x4.mul(power, log2(f32x4.max(lifted, least))));
    v128.store(target, f32x4.sub(root, offsetRoot));
    energies += 16;
    parameters += 16;
    smoother += 16;
    target += 16;
  }
}

/** y = ln(E + offset). */
export function logarithm(energies: usize, vectors: i32, constants: usize, target: usize): void {
  const shift = v128.load32_splat(constants, 8);
  const ln2 = f32x4.splat(0.6931471805599453);
  for (let i = 0; i < vectors; i++) {
    v128.store(target, f32x4.mul(ln2, log2(f32x4.add(v128.load(energies), shift))));
    energies += 16;
    target += 16;
  }
}

/** y = max(E, 0)^exponent, the third of the constants. */
export function root(energies: usize, vectors: i32, constants: usize, target: usize): void {
  const exponent = v128.load32_splat(constants, 8);
  const least = f32x4.splat(1.17549435e-38);
  for (let i = 0; i < vectors; i++) {
    const energy = v128.load(energies);
    const power = exp2(f32x4.mul(exponent, log2(f32x4.max(energy, least))));
    v128.store(target, v128.and(power, f32x4.ge(energy, least)));
    energies += 16;
    target += 16;
  }
}

@inline function total(sum: v128): v128 {
  const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  return f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/**
 * y = (E - mean) / √(variance + ε) · γ + β, mean and variance over the channels of the frame, ε the third constant.
 *
 * @param parameters three rows, a row padded to `vectors` vectors: 1 / channels (0 where there is none), γ, β.
 */
export function layerNorm(energies: usize, parameters: usize, vectors: i32, constants: usize, target: usize): void {
  const row = <usize>vectors << 4;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(parameters + at), v128.load(energies + at)));
  }
  const mean = total(sum);
  sum = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += 16) {
    const deviation = f32x4.sub(v128.load(energies + at), mean);
    sum = f32x4.add(sum, f32x4.mul(v128.load(parameters + at), f32x4.mul(deviation, deviation)));
  }
  const spread = f32x4.sqrt(f32x4.add(total(sum), v128.load32_splat(constants, 8)));
  for (let at: usize = 0; at < row; at += 16) {
    const deviation = f32x4.div(f32x4.sub(v128.load(energies + at), mean), spread);
    const gamma = v128.load(parameters + row + at);
    const beta = v128.load(parameters + 2 * row + at);
    v128.store(target + at, f32x4.add(f32x4.mul(deviation, gamma), beta));
  }
}
