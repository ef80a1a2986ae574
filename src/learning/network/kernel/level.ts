// Batch normalisation of features, every channel by itself, and their layout as patches of 2 × 2: pixel (t / 2, c / 2) of a
// panel whose first four channels are the patch. One clip, [frames][channels].

const PIXEL: usize = 32;

/** Adds Σ x and Σ x² of every channel. @param sums [2][channels], float64. */
export function levelMoments(features: usize, frames: i32, channels: i32, sums: usize): void {
  for (let channel = 0; channel < channels; channel++) {
    let sum: f64 = 0, squares: f64 = 0;
    let at = features + 4 * <usize>channel;
    for (let frame = 0; frame < frames; frame++) {
      const x = <f64>load<f32>(at);
      sum += x;
      squares += x * x;
      at += 4 * <usize>channels;
    }
    add(sums + 8 * <usize>channel, sum);
    add(sums + 8 * <usize>(channels + channel), squares);
  }
}

@inline
function add(target: usize, value: f64): void {
  store<f64>(target, load<f64>(target) + value);
}

/** @param constants [6][channels]: scale, shift, mean, inverse, mean gradient, mean product. @param target first pixel. */
export function levelPatches(
  features: usize, frames: i32, channels: i32, constants: usize, target: usize, targetLine: usize,
): void {
  for (let frame = 0; frame < frames; frame++) {
    const to = target + <usize>(frame >> 1) * targetLine + 8 * <usize>(frame & 1);
    for (let channel = 0; channel < channels; channel++) {
      const own = constants + 4 * <usize>channel;
      const value = load<f32>(features) * load<f32>(own) + load<f32>(own + 4 * <usize>channels);
      store<f32>(to + <usize>(channel >> 1) * PIXEL + 4 * <usize>(channel & 1), value);
      features += 4;
    }
  }
}

/** Adds Σ g and Σ g · (x - mean) · inverse. @param outer gradient at the patches. @param sums [2][channels], float64. */
export function levelSums(
  features: usize, frames: i32, channels: i32, constants: usize, outer: usize, outerLine: usize, sums: usize,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const own = constants + 4 * <usize>channel;
    const mean = <f64>load<f32>(own + 8 * <usize>channels);
    const from = outer + <usize>(channel >> 1) * PIXEL + 4 * <usize>(channel & 1);
    let at = features + 4 * <usize>channel;
    let all: f64 = 0, products: f64 = 0;
    for (let frame = 0; frame < frames; frame++) {
      const gradient = <f64>load<f32>(from + <usize>(frame >> 1) * outerLine + 8 * <usize>(frame & 1));
      all += gradient;
      products += gradient * (<f64>load<f32>(at) - mean);
      at += 4 * <usize>channels;
    }
    add(sums + 8 * <usize>channel, all);
    add(sums + 8 * <usize>(channels + channel), products * <f64>load<f32>(own + 12 * <usize>channels));
  }
}

/** Puts the gradient at the features in their place. */
export function levelGradient(
  features: usize, frames: i32, channels: i32, constants: usize, outer: usize, outerLine: usize,
): void {
  const row: usize = 4 * <usize>channels;
  for (let frame = 0; frame < frames; frame++) {
    const from = outer + <usize>(frame >> 1) * outerLine + 8 * <usize>(frame & 1);
    for (let channel = 0; channel < channels; channel++) {
      const own = constants + 4 * <usize>channel;
      const gradient = load<f32>(from + <usize>(channel >> 1) * PIXEL + 4 * <usize>(channel & 1));
      const deviation = (load<f32>(features) - load<f32>(own + 2 * row)) * load<f32>(own + 3 * row);
      const rest = gradient - load<f32>(own + 4 * row) - deviation * load<f32>(own + 5 * row);
      store<f32>(features, load<f32>(own) * rest);
      features += 4;
    }
  }
}
