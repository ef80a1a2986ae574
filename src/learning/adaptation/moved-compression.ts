import { LeafError } from '../../error.ts'
import {
  compressions,
  type FrontendDescription,
  type Geometry,
  geometryOf,
  type PcenCompression,
} from '../../frontend/index.ts'

/**
 * PCEN parameterised by offsets from its initial values, in natural steps: the optimiser sees comparable scales, and
 * weight decay pulls towards the initial values.
 */
export class MovedCompression {
  /** Offsets of alpha, delta, root and smooth, natural steps, [4][channels]; the optimiser updates them in place. */
  readonly offsets: readonly Float64Array[]
  readonly #geometry: Geometry
  readonly #start: PcenCompression
  readonly #starts: readonly (readonly number[])[]
  readonly #steps: readonly (readonly number[])[]
  #current: PcenCompression

  constructor(frontend: FrontendDescription, start: PcenCompression) {
    this.#geometry = geometryOf(frontend)
    const parameters = compressions.pcen.parameters(start, this.#geometry)
    this.#start = start
    this.#starts = parameters.map(({ values }) => values)
    this.#steps = parameters.map(({ steps }) => steps)
    this.offsets = this.#starts.map(({ length }) => new Float64Array(length))
    this.#current = start
  }

  get current(): PcenCompression {
    return this.#current
  }

  /** Recomputes `current` and projects the offsets onto PCEN's bounds and ±`limit` natural steps. */
  update(limit: number): void {
    const values = this.offsets.map((offsets, p) =>
      offsets.map((offset, n) => {
        const clipped = Math.min(Math.max(offset, -limit), limit)
        return this.#starts[p][n] + clipped * this.#steps[p][n]
      }),
    )
    this.#current = compressions.pcen.withParameters(this.#start, values, this.#geometry)
    const projected = compressions.pcen.parameters(this.#current, this.#geometry)
    for (const [p, offsets] of this.offsets.entries()) {
      for (const n of offsets.keys()) {
        offsets[n] = (projected[p].values[n] - this.#starts[p][n]) / this.#steps[p][n]
      }
    }
  }

  /** Chain rule: gradients of the offsets from those of the parameters. */
  offsetGradients(gradients: readonly Float64Array[]): Float64Array[] {
    return gradients.map((gradient, p) => gradient.map((value, n) => value * this.#steps[p][n]))
  }
}

/** @throws LeafError `arguments` for a frontend without PCEN */
export function pcenOf({ compression }: FrontendDescription): PcenCompression {
  if (compression.kind === 'pcen') return compression
  throw new LeafError(
    'arguments',
    `The frontend has the compression ${compression.kind}, which has nothing to adapt.`,
    'Give a model with PCEN, such as one of the frontend leaf.',
  )
}
