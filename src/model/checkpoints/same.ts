/** Rounding to float32 and back, as a share of the value. */
const ROUNDING = 1e-6
/** Smaller numbers may become 0. */
const SMALLEST = 2 ** -126

/**
 * The path of the first key in which two plain descriptions differ by more than rounding to float32; null where in none.
 * Lists of zeros count as absent.
 */
export function difference(one: unknown, other: unknown, path = ''): string | null {
  if (isNothing(one) && isNothing(other)) return null
  if (typeof one === 'number' && typeof other === 'number') {
    const near = Math.abs(one - other) <= ROUNDING * Math.max(Math.abs(one), Math.abs(other)) + SMALLEST
    return near ? null : path
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other ? null : path
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const at = path === '' ? key : `${path}.${key}`
    const found = difference(one[key as never], other[key as never], at)
    if (found !== null) return found
  }
  return null
}

function isNothing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((entry) => entry === 0))
}
