import type { DecodingOptions } from '../../src/events/index.ts'
import { thresholdsFrom } from './ease.ts'

/** By what events are left out of what is shown. */
export interface CalmRules {
  /** Seconds: two events of one label no further apart than this are one. */
  readonly mergeGapSeconds: number
  /** Share of an event that a surer one has to cover for the event to be left out; above 1 none is. */
  readonly covered: number
  /** dB by which the labels of bursts have to stand out of the room. */
  readonly burstRise: number
}

/** Labels of short sounds that a click or a hiss is easily taken for. */
export const BURSTS: ReadonlySet<string> = new Set(['impact', 'percussion'])

export const calmRules: CalmRules = { mergeGapSeconds: 1, covered: 0.5, burstRise: 10 }

/**
 * How scores become the events that may be shown.
 *
 * @param own thresholds of the model, 0 to 1, by label
 * @param share from which on events are shown, 0 to 1
 */
export function calmDecoding(
  own: Readonly<Record<string, number>>,
  share: number,
  { mergeGapSeconds }: CalmRules = calmRules,
): DecodingOptions {
  return { thresholds: thresholdsFrom(own, share), decoding: { mergeGapSeconds } }
}
