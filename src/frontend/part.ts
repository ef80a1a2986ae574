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

/**
 * What a family of filters, a pooling or a compression knows of its own descriptions. A description is plain data:
 * `kind`, constants, and arrays of what is learned; in filterbanks and compressions every array has one entry (a number
 * or a row of taps) per channel, and what channels share lies in an object of its own.
 */
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
  /** What people want to know of it, with units, after the name of its kind: ": centres 60 to 7800 Hz"; or nothing. */
  summary(description: Description, geometry: Geometry): string
}

/** The description that a family is for. */
export type DescriptionOf<Family> = Family extends { initial(geometry: Geometry): infer Description }
  ? Description
  : never

/** Families by their kind, from the exports of a registry. */
export type ByKind<Families extends Record<string, { readonly kind: string }>> = {
  readonly [Name in keyof Families as Families[Name]['kind']]: Families[Name]
}

/** @param families a registry's exports, under any names. @returns them by kind, in alphabetical order. */
export function byKind<Families extends Record<string, { readonly kind: string }>>(
  families: Families,
): ByKind<Families> {
  const entries = Object.values(families).map((family) => [family.kind, family] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as ByKind<Families>
}
