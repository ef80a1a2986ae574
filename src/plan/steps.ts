/** Work in steps of a few milliseconds each. */
export type Steps<Result> = Generator<undefined, Result>

/** Does all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
