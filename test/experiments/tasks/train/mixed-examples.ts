import type { Example, ExampleSource } from '../../../../src/learning/examples/index.ts'

/** Several sources in turn: of n sources, example i is number ⌊i / n⌋ of source i mod n. */
export class MixedExamples implements ExampleSource {
  readonly #sources: readonly ExampleSource[]

  constructor(sources: readonly ExampleSource[]) {
    this.#sources = sources
  }

  make(index: number): Example {
    const count = this.#sources.length
    return this.#sources[index % count].make(Math.floor(index / count))
  }
}
