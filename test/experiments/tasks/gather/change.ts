/** Median over the values of how far each moved, as a share of where it began. */
export function medianChange(initial: readonly number[], learned: readonly number[]): number {
  const changes = initial.map((value, i) => Math.abs(learned[i] / value - 1)).sort((a, b) => a - b)
  const middle = changes.length >> 1
  return changes.length % 2 === 1 ? changes[middle] : (changes[middle - 1] + changes[middle]) / 2
}
