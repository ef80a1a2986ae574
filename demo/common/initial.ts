import {
  type FrontendDescription,
  initialParameters,
  parametersOf,
  startOf,
  withParameters,
} from '../../src/frontend/index.ts'

/** What the PyTorch ports start the bias of the pooling with; nobody else has one. */
const FIRST_BIAS = 1

/**
 * How a frontend started before it was learned: its own sizes and constants, every learnable number as it begins. The
 * mixed start is known by its constants, which nothing learns: floors that no other start has.
 */
export function initialOf(frontend: FrontendDescription): FrontendDescription {
  const mixed = startOf('leaf-mixed', frontend)
  if (learnedFrom(mixed, frontend)) return mixed
  return withParameters(frontend, (part) => {
    const first = initialParameters(frontend, part)
    return parametersOf(frontend, part).map(({ name, values: { length } }) => {
      const begun = first.find((parameter) => parameter.name === name)
      return begun?.values ?? new Array<number>(length).fill(FIRST_BIAS)
    })
  })
}

/** Whether two frontends are the same but for what is learned. */
function learnedFrom(start: FrontendDescription, frontend: FrontendDescription): boolean {
  if (frontend.channels !== start.channels) return false
  const begun = withParameters(frontend, (part) => {
    const first = parametersOf(start, part)
    return parametersOf(frontend, part).map(
      ({ name, values }) => first.find((parameter) => parameter.name === name)?.values ?? values,
    )
  })
  return JSON.stringify(begun) === JSON.stringify(start)
}
