import type { Bounds } from './checks.ts'
import type { Geometry } from './geometry.ts'

/** Numbers of a part that training may change. */
export interface LearnableParameter {
  /** Key in the part's description. */
  readonly name: string
  /** Flat: one per channel, channels × taps row by row, or taps. */
  readonly values: readonly number[]
  /** Where the values may lie, in their own unit. */
  readonly bounds: Bounds
  /** For each value the size of one natural step, in its own unit and positive: what a relative learning rate multiplies. */
  readonly steps: readonly number[]
}

/** What a part of a frontend knows of its own description, whatever kind of part it is. */
export interface Part<Description extends { readonly kind: string }> {
  readonly kind: Description['kind']
  /** Checks a value from outside. @throws LeafError naming the key's path. */
  parse(value: Record<string, unknown>, path: string, geometry: Geometry): Description
  /** How the part starts before anything is learned. */
  initial(geometry: Geometry): Description
  /** What can be learned; empty when nothing can. */
  parameters(description: Description, geometry: Geometry): readonly LearnableParameter[]
  /**
   * The part with other values, moved onto their bounds.
   *
   * @param values one array per entry of `parameters`.
   * @throws LeafError `description` naming a value that is not a number.
   */
  withParameters(
    description: Description,
    values: readonly ArrayLike<number>[],
    geometry: Geometry,
  ): Description
}
