/**
 * After so many milliseconds PCEN's exponential average has forgotten all but 1 / e; with a weight of 1 it remembers nothing.
 *
 * @param weight of the newest frame, 0 to 1 @param hopMs milliseconds from frame to frame
 */
export function timeConstantMs(weight: number, hopMs: number): number {
  return weight >= 1 ? 0 : -hopMs / Math.log1p(-weight)
}
