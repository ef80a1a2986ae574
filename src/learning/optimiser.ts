/** Numbers that are learned together. */
export interface ParameterGroup {
  /** Changed in place. */
  readonly values: Float32Array
  /** Factor on the learning rate: a group whose numbers have another unit needs steps of another size. */
  readonly rate: number
  /** Share of a value that is taken off per unit of learning rate. */
  readonly decay: number
}

/** What has to be kept to go on later. */
export interface OptimiserState {
  readonly step: number
  readonly means: readonly Float32Array[]
  readonly squares: readonly Float32Array[]
}

const MEAN_DECAY = 0.9
const SQUARE_DECAY = 0.99
const EPSILON = 1e-7

/** Adam with decoupled weight decay, on plain arrays: TensorFlow.js' own lacks the decay and cannot be saved whole. */
export class Optimiser {
  readonly #groups: readonly ParameterGroup[]
  readonly #means: Float32Array[]
  readonly #squares: Float32Array[]
  #step = 0

  constructor(groups: readonly ParameterGroup[]) {
    this.#groups = groups
    this.#means = groups.map(({ values }) => new Float32Array(values.length))
    this.#squares = groups.map(({ values }) => new Float32Array(values.length))
  }

  get state(): OptimiserState {
    return { step: this.#step, means: this.#means, squares: this.#squares }
  }

  restore({ step, means, squares }: OptimiserState): void {
    this.#step = step
    copyInto(this.#means, means)
    copyInto(this.#squares, squares)
  }

  /** @param gradients one per group, of its length @param rate learning rate of this step */
  step(gradients: readonly Float32Array[], rate: number): void {
    this.#step++
    const meanScale = 1 / (1 - MEAN_DECAY ** this.#step)
    const squareScale = 1 / (1 - SQUARE_DECAY ** this.#step)
    this.#groups.forEach(({ values, rate: factor, decay }, g) => {
      const [gradient, mean, square] = [gradients[g], this.#means[g], this.#squares[g]]
      const size = rate * factor
      for (let i = 0; i < values.length; i++) {
        mean[i] += (1 - MEAN_DECAY) * (gradient[i] - mean[i])
        square[i] += (1 - SQUARE_DECAY) * (gradient[i] ** 2 - square[i])
        const direction = (mean[i] * meanScale) / (Math.sqrt(square[i] * squareScale) + EPSILON)
        values[i] -= size * (direction + decay * values[i])
      }
    })
  }
}

/** Learning rate of a step: a linear rise over the first twentieth, then half a cosine down to a hundredth. */
export function learningRate(step: number, steps: number, highest: number): number {
  const rise = steps / 20
  if (step < rise) return (highest * (step + 1)) / (rise + 1)
  const fall = (step - rise) / (steps - rise)
  return highest * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * fall)))
}

/** Copies arrays, each into the one of its place. */
export function copyInto(targets: readonly Float32Array[], sources: readonly Float32Array[]): void {
  for (const [i, target] of targets.entries()) target.set(sources[i])
}
