/** Of a threshold: no event needs to be surer than this. */
const MOST = 0.98

/** From which share on events are shown by default. */
export const USUAL_SHARE = 0.5

/**
 * Thresholds of all labels for one share from which on events are shown: where that is the usual one, half, no label's
 * own counts unless it is higher; the higher ones move along with it.
 *
 * @param own thresholds of the model, 0 to 1
 * @param share 0 to 1
 */
export function thresholdsFrom(own: Readonly<Record<string, number>>, share: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(own).map(([key, on]) => [key, Math.min(MOST, share + Math.max(0, on - USUAL_SHARE))]),
  )
}
