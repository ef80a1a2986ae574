/** Of a threshold: no event needs to be surer than this, where the model's own is not higher. */
const MOST = 0.98

/** From which share on events are shown by default. */
export const USUAL_SHARE = 0.5

/**
 * Thresholds of all labels for one share from which on events are shown: at the usual one, half, each label's own, or half
 * where that is lower; from there the odds of all move by the same factor, which brings high ones to the top later than
 * the same difference would.
 *
 * @param own thresholds of the model, 0 to 1
 * @param share above 0, below 1
 */
export function thresholdsFrom(own: Readonly<Record<string, number>>, share: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(own).map(([key, threshold]) => {
      const usual = Math.max(USUAL_SHARE, threshold)
      const shown = usual * share
      return [key, Math.min(Math.max(MOST, threshold), shown / (shown + (1 - usual) * (1 - share)))]
    }),
  )
}
