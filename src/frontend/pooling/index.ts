import { byKind, type DescriptionOf } from '../part.ts'
import * as families from './families.ts'
import type { PoolingFamily } from './family.ts'

export type { WindowFamily } from './family.ts'

type Families = typeof families
type Family = Families[keyof Families]

/** The description of any pooling. */
export type Pooling = DescriptionOf<Family>

/** The description of a pooling by weighted sums: its family is a `WindowFamily`. */
export type WeightedPooling = DescriptionOf<Extract<Family, { readonly method: 'window' }>>

export const poolings = /* @__PURE__ */ byKind(families)

/** The family of a pooling: the one dispatch over poolings. */
export function poolingOf<Description extends Pooling>(pooling: Description): PoolingFamily<Description> {
  // The compiler does not see that a family goes with descriptions of its own kind.
  return poolings[pooling.kind] as unknown as PoolingFamily<Description>
}
