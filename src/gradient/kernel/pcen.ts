// PCEN of one channel over the frames of four sounds, and its adjoint.

import { exp2, log2 } from '../../../worklet/kernel/logarithm';

const LN_2: f32 = 0.6931471805599453;
const LEAST: f32 = 1.17549435e-38;

/**
 * M = s·E + (1-s)·M from M = E of the first frame, y = (E · (floor + M)^-α + δ)^(1/r) - δ^(1/r).
 *
 * @param parameters s, α, δ, 1/r, δ^(1/r), floor. @param smoothers receives M of every frame.
 */
export function pcen(energies: usize, frames: i32, parameters: usize, smoothers: usize, target: usize): void {
  const smooth = v128.load32_splat(parameters), stays = f32x4.sub(f32x4.splat(1), smooth);
  const minusAlpha = f32x4.neg(v128.load32_splat(parameters, 4));
  const delta = v128.load32_splat(parameters, 8), power = v128.load32_splat(parameters, 12);
  const offset = v128.load32_splat(parameters, 16), floor = v128.load32_splat(parameters, 20);
  const least = f32x4.splat(LEAST);
  let smoother = v128.load(energies);
  for (let i = 0; i < frames; i++) {
    const energy = v128.load(energies);
    smoother = f32x4.add(f32x4.mul(smooth, energy), f32x4.mul(stays, smoother));
    v128.store(smoothers, smoother);
    const gain = exp2(f32x4.mul(minusAlpha, log2(f32x4.max(f32x4.add(smoother, floor), least))));
    const lifted = f32x4.add(f32x4.mul(energy, gain), delta);
    v128.store(target, f32x4.sub(exp2(f32x4.mul(power, log2(f32x4.max(lifted, least)))), offset));
    energies += 16;
    smoothers += 16;
    target += 16;
  }
}

/**
 * The adjoint of `pcen`, from the last frame to the first.
 *
 * @param parameters as for `pcen`, then ∂δ^(1/r)/∂δ, ∂δ^(1/r)/∂(1/r), the least number whose root is differentiated and
 * the slope of the root there, without its factor 1/r.
 * @param outer ∂L/∂y, overwritten with ∂L/∂E. @param sums four vectors to which ∂L/∂ of s, α, δ and 1/r are added.
 */
export function pcenGradient(
  energies: usize, frames: i32, parameters: usize, smoothers: usize, outer: usize, sums: usize,
): void {
  const smooth = v128.load32_splat(parameters), stays = f32x4.sub(f32x4.splat(1), smooth);
  const alpha = v128.load32_splat(parameters, 4), minusAlpha = f32x4.neg(alpha);
  const delta = v128.load32_splat(parameters, 8), power = v128.load32_splat(parameters, 12);
  const floor = v128.load32_splat(parameters, 20);
  const offsetByDelta = v128.load32_splat(parameters, 24), offsetByPower = v128.load32_splat(parameters, 28);
  const leastRooted = v128.load32_splat(parameters, 32), leastSlope = v128.load32_splat(parameters, 36);
  const least = f32x4.splat(LEAST), ln2 = f32x4.splat(LN_2);
  let bySmooth = v128.load(sums), byAlpha = v128.load(sums, 16);
  let byDelta = v128.load(sums, 32), byPower = v128.load(sums, 48);
  let carried = f32x4.splat(0);
  for (let i = frames - 1; i >= 0; i--) {
    const at = <usize>i << 4;
    const energy = v128.load(energies + at), slope = v128.load(outer + at);
    const level = f32x4.max(f32x4.add(v128.load(smoothers + at), floor), least);
    const levelLog = log2(level);
    const gain = exp2(f32x4.mul(minusAlpha, levelLog));
    const normalised = f32x4.mul(energy, gain);
    const lifted = f32x4.max(f32x4.add(normalised, delta), least);
    const liftedLog = log2(lifted);
    const root = exp2(f32x4.mul(power, liftedLog));
    // ∂y/∂(E·gain) = ∂y/∂δ without its offset = 1/r · lifted^(1/r - 1).
    const rootSlope = v128.bitselect(leastSlope, f32x4.div(root, lifted), f32x4.lt(lifted, leastRooted));
    const byLifted = f32x4.mul(slope, f32x4.mul(power, rootSlope));
    byDelta = f32x4.add(byDelta, f32x4.sub(byLifted, f32x4.mul(slope, offsetByDelta)));
    byPower = f32x4.add(
      byPower, f32x4.mul(slope, f32x4.sub(f32x4.mul(root, f32x4.mul(ln2, liftedLog)), offsetByPower)),
    );
    const byGain = f32x4.mul(byLifted, normalised);
    byAlpha = f32x4.sub(byAlpha, f32x4.mul(byGain, f32x4.mul(ln2, levelLog)));
    const bySmoother = f32x4.sub(
      f32x4.mul(stays, carried), f32x4.div(f32x4.mul(byGain, alpha), level),
    );
    // The first frame's smoother starts at its own energy, whatever s is.
    const before = i > 0 ? v128.load(smoothers + at - 16) : energy;
    bySmooth = f32x4.add(bySmooth, f32x4.mul(bySmoother, f32x4.sub(energy, before)));
    const share = i > 0 ? smooth : f32x4.splat(1);
    v128.store(outer + at, f32x4.add(f32x4.mul(byLifted, gain), f32x4.mul(share, bySmoother)));
    carried = bySmoother;
  }
  v128.store(sums, bySmooth);
  v128.store(sums, byAlpha, 16);
  v128.store(sums, byDelta, 32);
  v128.store(sums, byPower, 48);
}
