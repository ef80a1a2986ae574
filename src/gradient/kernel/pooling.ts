// Pooling of sampled energies by weights that the frames choose from a few sets, and its adjoint. Vectors of four sounds.

/**
 * sums[i] = Σ_j weights_i[j] · energies[i · step + j].
 *
 * @param energies of the first frame's first node. @param step bytes from one frame's first node to the next one's.
 * @param sets for each frame the address of its `nodes` weights (i32).
 */
export function pool(energies: usize, step: i32, frames: i32, sets: usize, nodes: i32, sums: usize): void {
  for (let i = 0; i < frames; i++) {
    let weights = <usize>load<i32>(sets);
    let source = energies;
    let even = f32x4.splat(0), odd = f32x4.splat(0);
    let j = 0;
    for (; j + 1 < nodes; j += 2) {
      even = f32x4.add(even, f32x4.mul(v128.load(source), v128.load32_splat(weights)));
      odd = f32x4.add(odd, f32x4.mul(v128.load(source, 16), v128.load32_splat(weights, 4)));
      source += 32;
      weights += 8;
    }
    if (j < nodes) even = f32x4.add(even, f32x4.mul(v128.load(source), v128.load32_splat(weights)));
    v128.store(sums, f32x4.add(even, odd));
    energies += step;
    sets += 4;
    sums += 16;
  }
}

/**
 * The adjoint of `pool`: for each frame i and node j, gradient[i · step + j] += weights_i[j] · outer[i] and
 * weightGradients_i[j] += energies[i · step + j] · outer[i].
 *
 * @param outer ∂L/∂sums. @param gradientSets for each frame the address of its set of `nodes` vectors (i32).
 */
export function poolGradient(
  energies: usize, step: i32, frames: i32, sets: usize, nodes: i32, outer: usize, gradient: usize,
  gradientSets: usize,
): void {
  for (let i = 0; i < frames; i++) {
    let weights = <usize>load<i32>(sets), weightGradients = <usize>load<i32>(gradientSets);
    let source = energies, target = gradient;
    const value = v128.load(outer);
    for (let j = 0; j < nodes; j++) {
      v128.store(target, f32x4.add(v128.load(target), f32x4.mul(value, v128.load32_splat(weights))));
      v128.store(
        weightGradients, f32x4.add(v128.load(weightGradients), f32x4.mul(value, v128.load(source))),
      );
      source += 16;
      target += 16;
      weights += 4;
      weightGradients += 16;
    }
    energies += step;
    gradient += step;
    sets += 4;
    gradientSets += 4;
    outer += 16;
  }
}
