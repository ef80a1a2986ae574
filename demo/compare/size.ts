import {
  compressions,
  type FrontendDescription,
  filterbanks,
  geometryOf,
  type Part,
  poolings,
} from '../../src/frontend/index.ts'

/** How many numbers of a frontend can be learned. */
export function learnableNumbers(frontend: FrontendDescription): number {
  const geometry = geometryOf(frontend)
  const of = <Description extends { readonly kind: string }>(families: object, part: Description) => {
    const family = families[part.kind as keyof typeof families] as Part<Description>
    return family.parameters(part, geometry).reduce((sum, { values }) => sum + values.length, 0)
  }
  const { filterbank, pooling, compression } = frontend
  return of(filterbanks, filterbank) + of(poolings, pooling) + of(compressions, compression)
}
