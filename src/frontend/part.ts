import type { Geometry } from './geometry.ts'

/** What a part of a frontend knows of its own description, whatever kind of part it is. */
export interface Part<Description extends { readonly kind: string }> {
  readonly kind: Description['kind']
  /** Checks a value from outside. @throws LeafError naming the key's path. */
  parse(value: Record<string, unknown>, path: string, geometry: Geometry): Description
  /** How the part starts before anything is learned. */
  initial(geometry: Geometry): Description
}
