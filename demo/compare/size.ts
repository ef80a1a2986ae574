import { type FrontendDescription, parametersOf, partNames } from '../../src/frontend/index.ts'

/** How many numbers of a frontend can be learned. */
export function learnableNumbers(frontend: FrontendDescription): number {
  return partNames
    .flatMap((part) => parametersOf(frontend, part))
    .reduce((sum, { values }) => sum + values.length, 0)
}
