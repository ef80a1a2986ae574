/** Plain numbers, of the classifier (32 bits) or of the frontend (64 bits). */
export type Numbers = Float32Array | Float64Array

/** Numbers that are learned together. */
export interface ParameterGroup {
  /** Changed in place. */
  readonly values: Numbers
  /** Factor on the learning rate. */
  readonly rate: number
  /** Share of a value that is taken off per unit of learning rate. */
  readonly decay: number
  /** For each value how far a step of 1 goes, where that is not 1. Gradients are those per such unit. */
  readonly units?: ArrayLike<number>
}

/** What has to be kept to go on later. */
export interface AdamWState {
  readonly step: number
  readonly means: readonly Numbers[]
  readonly squares: readonly Numbers[]
}

const MEAN_DECAY = 0.9
const SQUARE_DECAY = 0.99
const EPSILON = 1e-7

/**
 * AdamW (Loshchilov and Hutter, ICLR 2019) on plain arrays: TensorFlow.js' Adam lacks the decoupled weight decay, and its
 * moments cannot be saved.
 */
export class AdamW {
  readonly #groups: readonly ParameterGroup[]
  readonly #means: Numbers[]
  readonly #squares: Numbers[]
  #step = 0

  constructor(groups: readonly ParameterGroup[]) {
    this.#groups = groups
    this.#means = groups.map(({ values }) => values.slice().fill(0))
    this.#squares = groups.map(({ values }) => values.slice().fill(0))
  }

  get state(): AdamWState {
    return { step: this.#step, means: this.#means, squares: this.#squares }
  }

  restore({ step, means, squares }: AdamWState): void {
    this.#step = step
    copyInto(this.#means, means)
    copyInto(this.#squares, squares)
  }

  /** @param gradients one per group, of its length @param rate learning rate of this step */
  step(gradients: readonly Numbers[], rate: number): void {
    this.#step++
    const meanScale = 1 / (1 - MEAN_DECAY ** this.#step)
    const squareScale = 1 / (1 - SQUARE_DECAY ** this.#step)
    this.#groups.forEach(({ values, rate: factor, decay, units }, g) => {
      const [gradient, mean, square] = [gradients[g], this.#means[g], this.#squares[g]]
      const size = rate * factor
      for (let i = 0; i < values.length; i++) {
        mean[i] += (1 - MEAN_DECAY) * (gradient[i] - mean[i])
        square[i] += (1 - SQUARE_DECAY) * (gradient[i] ** 2 - square[i])
        const direction = (mean[i] * meanScale) / (Math.sqrt(square[i] * squareScale) + EPSILON)
        values[i] -= size * (direction * (units?.[i] ?? 1) + decay * values[i])
      }
    })
  }
}

/** Learning rate of a step: linear warm-up over the first twentieth of the steps, then cosine decay to a hundredth. */
export function warmUpCosine(step: number, steps: number, highest: number): number {
  const rise = steps / 20
  if (step < rise) return (highest * (step + 1)) / (rise + 1)
  const fall = (step - rise) / (steps - rise)
  return highest * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * fall)))
}

/** Copies arrays, each into the one of its place. */
export function copyInto(targets: readonly Numbers[], sources: readonly Numbers[]): void {
  for (const [i, target] of targets.entries()) target.set(sources[i])
}
