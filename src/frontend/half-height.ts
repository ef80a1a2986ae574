/**
 * The stretch around the largest height in which heights are at least half of it, of a filter's powers its band at
 * -3 dB. Heights are taken as linear between positions; at the first and the last one the stretch ends.
 *
 * @param positions rising, in any unit, which is the result's.
 * @param heights not negative; where all are 0 the stretch is empty.
 */
export function halfHeight(
  positions: ArrayLike<number>,
  heights: ArrayLike<number>,
): { readonly low: number; readonly high: number } {
  let peak = 0
  for (let i = 1; i < heights.length; i++) if (heights[i] > heights[peak]) peak = i
  if (!(heights[peak] > 0)) return { low: positions[peak], high: positions[peak] }
  const half = heights[peak] / 2
  const edge = (step: 1 | -1) => {
    let inside = peak
    while (heights[inside + step] >= half) inside += step
    const outside = inside + step
    if (outside < 0 || outside >= heights.length) return positions[inside]
    const share = (heights[inside] - half) / (heights[inside] - heights[outside])
    return positions[inside] + share * (positions[outside] - positions[inside])
  }
  return { low: edge(-1), high: edge(1) }
}
