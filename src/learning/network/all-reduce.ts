/** Sums numbers over the replicas of a network, each of which learns from its share of a batch. */
export interface AllReduce {
  /**
   * Puts the sums over all replicas, taken in their order, in the place of this one's numbers. All replicas call it as
   * often, with as many numbers.
   */
  sum(values: Float64Array): void
}

/** Of the only one. */
export const ALONE: AllReduce = { sum() {} }
