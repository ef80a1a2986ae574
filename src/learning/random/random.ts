/**
 * Seeded random numbers (sfc32). Two generators made from the same numbers give the same sequence, so an example
 * that is made from (seed, index) needs no state to be kept when a training is resumed.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** @param seeds whole numbers, at least one; every one of them changes the whole sequence */
  constructor(...seeds: readonly number[]) {
    let hash = 0x9e3779b9
    const stir = (value: number) => {
      hash = Math.imul(hash ^ value ^ (hash >>> 15), 0x85ebca6b)
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
      hash ^= hash >>> 16
      return hash
    }
    for (const seed of seeds) stir(seed | 0)
    this.#a = stir(1)
    this.#b = stir(2)
    this.#c = stir(3)
    for (let i = 0; i < 12; i++) this.next()
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x100000000
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** Whole, 0 to count - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** Standard normal. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }
}

/** The items in random order, one number drawn for each. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
