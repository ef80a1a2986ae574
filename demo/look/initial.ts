import {
  type FrontendDescription,
  initialParameters,
  parametersOf,
  withParameters,
} from '../../src/frontend/index.ts'

/** What the PyTorch ports start the bias of the pooling with; nobody else has one. */
const FIRST_BIAS = 1

/** How a frontend started before it was learned: its own sizes and constants, every learnable number as it begins. */
export function initialOf(frontend: FrontendDescription): FrontendDescription {
  return withParameters(frontend, (part) => {
    const first = initialParameters(frontend, part)
    return parametersOf(frontend, part).map(({ name, values: { length } }) => {
      const begun = first.find((parameter) => parameter.name === name)
      return begun?.values ?? new Array<number>(length).fill(FIRST_BIAS)
    })
  })
}
