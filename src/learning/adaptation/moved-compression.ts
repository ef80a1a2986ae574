import { LeafError } from '../../error.ts'
import {
  compressions,
  type FrontendDescription,
  type Geometry,
  geometryOf,
  type PcenCompression,
} from '../../frontend/index.ts'

/**
 * PCEN as a distance from where it starts, in natural steps of each number: the four lists can then be learned at one
 * rate, and a decay draws them back to the start.
 */
export class MovedCompression {
  /** Of alpha, delta, root and smooth: steps from the start, one per channel; changed in place. */
  readonly offsets: readonly Float64Array[]
  readonly #geometry: Geometry
  readonly #start: PcenCompression
  readonly #starts: readonly (readonly number[])[]
  readonly #steps: readonly (readonly number[])[]
  #present: PcenCompression

  constructor(frontend: FrontendDescription, start: PcenCompression) {
    this.#geometry = geometryOf(frontend)
    const parameters = compressions.pcen.parameters(start, this.#geometry)
    this.#start = start
    this.#starts = parameters.map(({ values }) => values)
    this.#steps = parameters.map(({ steps }) => steps)
    this.offsets = this.#starts.map(({ length }) => new Float64Array(length))
    this.#present = start
  }

  get present(): PcenCompression {
    return this.#present
  }

  /** Takes the offsets as they are now, moved onto the bounds and within `furthest` steps of the start. */
  update(furthest: number): void {
    const values = this.offsets.map((offsets, p) =>
      offsets.map((offset, n) => {
        const within = Math.min(Math.max(offset, -furthest), furthest)
        return this.#starts[p][n] + within * this.#steps[p][n]
      }),
    )
    this.#present = compressions.pcen.withParameters(this.#start, values, this.#geometry)
    const moved = compressions.pcen.parameters(this.#present, this.#geometry)
    for (const [p, offsets] of this.offsets.entries()) {
      for (const n of offsets.keys()) {
        offsets[n] = (moved[p].values[n] - this.#starts[p][n]) / this.#steps[p][n]
      }
    }
  }

  /** Gradients at the parameters as gradients at the offsets. */
  perStep(gradients: readonly Float64Array[]): Float64Array[] {
    return gradients.map((gradient, p) => gradient.map((value, n) => value * this.#steps[p][n]))
  }
}

/** @throws LeafError `arguments` for a frontend without PCEN. */
export function pcenOf({ compression }: FrontendDescription): PcenCompression {
  if (compression.kind === 'pcen') return compression
  throw new LeafError(
    'arguments',
    `The frontend has the compression ${compression.kind}, which has nothing to adapt.`,
    'Give a model with PCEN, such as one of the frontend leaf.',
  )
}
