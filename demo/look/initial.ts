import {
  compressions,
  type FrontendDescription,
  filterbanks,
  geometryOf,
  type Part,
  poolings,
} from '../../src/frontend/index.ts'

/** What the PyTorch ports start the bias of the pooling with; nobody else has one. */
const FIRST_BIAS = 1

/** How a frontend started before it was learned: its own sizes and constants, every learnable number as it begins. */
export function initialOf(frontend: FrontendDescription): FrontendDescription {
  const geometry = geometryOf(frontend)
  const started = <Description extends { readonly kind: string }>(families: object, part: Description) => {
    const family = families[part.kind as keyof typeof families] as Part<Description>
    const first = family.parameters(family.initial(geometry), geometry)
    const values = family.parameters(part, geometry).map(({ name, values: { length } }) => {
      const begun = first.find((parameter) => parameter.name === name)
      return begun?.values ?? new Array<number>(length).fill(FIRST_BIAS)
    })
    return family.withParameters(part, values, geometry)
  }
  return {
    ...frontend,
    filterbank: started(filterbanks, frontend.filterbank),
    pooling: started(poolings, frontend.pooling),
    compression: started(compressions, frontend.compression),
  }
}
