import type { Decoding } from '../../../src/model/index.ts'
import { judged, matchedEvents, type TimedEvent } from './event-score.ts'
import { decodeOffline } from './listen-offline.ts'
import type { Heard, HeardSound } from './score-material.ts'

export interface Chosen {
  readonly decoding: Decoding
  readonly times: Times
  /** Event-based, over all labels. */
  readonly f1: number
  readonly falseAlarmsPerHour: number
}

const SMOOTHING = [0, 0.2, 0.5]
const MERGE = [0.5, 1]
// Closer to its threshold a label that flickers is several events, or none that is long enough.
const OFF_SHARES = [0.5, 0.7]

/**
 * Every combination of times that is tried.
 *
 * @param minimumSeconds of an event
 * @param smoothing seconds, where not all are to be tried
 */
export function timesWith(minimumSeconds: number, smoothing: readonly number[] = SMOOTHING): Times[] {
  return smoothing.flatMap((smoothingSeconds) =>
    MERGE.flatMap((mergeGapSeconds) =>
      OFF_SHARES.map((offShare) => ({ smoothingSeconds, minimumSeconds, mergeGapSeconds, offShare })),
    ),
  )
}

/** Close to 1 they lie closer: there a score says how sure a model is. */
const THRESHOLDS = Array.from({ length: 28 }, (_, i) => Number((1 - 0.85 * 0.87 ** i).toFixed(3)))

/** Seconds, in half steps of the default model: from the first score's step to the last half step of its window. */
const ONSET_OFFSETS = [0, 0.12, 0.24, 0.36, 0.48]

/** How a label's events begin. */
interface Onset {
  readonly on: number
  readonly onsetOffsetSeconds: number
}

/** What that does. */
interface Outcome extends Onset {
  readonly found: number
  readonly estimated: number
  readonly alarms: number
}

/**
 * The decoding with the highest event-based F1 that raises no more false alarms than it may, or as few as it can: for each
 * combination of times, thresholds and onset offsets of all labels at once by Lagrange multipliers, since each label's
 * counts depend on its own alone.
 *
 * @param most false alarms an hour @param isKept labels whose events count @param tried each with every threshold and onset
 *   offset of each label @param highest below 1 no threshold is above it, so that every label can be told
 */
export function chooseDecoding(
  heard: Heard,
  most: number,
  isKept: (label: string) => boolean,
  tried: readonly Times[],
  highest = 1,
): Chosen {
  const hours = heard.backgrounds.reduce((sum, { seconds }) => sum + seconds, 0) / 3600
  const reference = heard.scenes.reduce((sum, { scene }) => sum + scene.events.length, 0)
  let best: (Chosen & { readonly excess: number }) | undefined
  for (const times of tried) {
    const chosen = thresholdsFor(outcomes(heard, times, isKept, highest), reference, most * hours)
    const found = sumOf(chosen, ({ found: count }) => count)
    const estimated = sumOf(chosen, ({ estimated: count }) => count)
    const f1 = (2 * found) / (reference + estimated)
    const alarms = sumOf(chosen, ({ alarms: count }) => count)
    const excess = Math.max(0, alarms - most * hours)
    if (best && (best.excess < excess || (best.excess === excess && best.f1 >= f1))) continue
    best = { decoding: decodingWith(chosen, times), times, f1, falseAlarmsPerHour: alarms / hours, excess }
  }
  return best!
}

/** Times of decoding, seconds, and the share of the onset's threshold at which an event ends. */
export interface Times {
  readonly smoothingSeconds: number
  readonly mergeGapSeconds: number
  readonly minimumSeconds: number
  readonly offShare: number
}

function decodingWith(
  onsets: readonly Onset[],
  { smoothingSeconds, mergeGapSeconds, minimumSeconds, offShare }: Times,
): Decoding {
  return {
    smoothingSeconds,
    mergeGapSeconds,
    labels: onsets.map(({ on, onsetOffsetSeconds }) => ({
      ...{ on, off: offShare * on, minimumSeconds },
      ...(onsetOffsetSeconds > 0 && { onsetOffsetSeconds }),
    })),
  }
}

/** Per label what each threshold does with each offset; one of 1 is never reached. */
function outcomes(
  { answers, step, scenes, backgrounds }: Heard,
  times: Times,
  isKept: (label: string) => boolean,
  highest: number,
): Outcome[][] {
  const { labels } = answers
  const never = { found: 0, estimated: 0, alarms: 0 }
  const per: Outcome[][] = labels.map((label) =>
    isKept(label) && highest === 1 ? [{ on: 1, onsetOffsetSeconds: 0, ...never }] : [],
  )
  for (const on of [
    ...THRESHOLDS.filter((threshold) => threshold < highest),
    ...(highest < 1 ? [highest] : []),
  ])
    for (const onsetOffsetSeconds of ONSET_OFFSETS) {
      const onset = { on, onsetOffsetSeconds }
      const decoding = decodingWith(
        labels.map(() => onset),
        times,
      )
      const events = (scored: HeardSound, reference: readonly TimedEvent[]) =>
        judged(decodeOffline(scored, answers, decoding, step), reference, scored.unknown)
      const counts = labels.map(() => ({ ...onset, ...never }))
      const count = (label: string, key: keyof typeof never) => counts[labels.indexOf(label)][key]++
      for (const { scene, scored } of scenes) {
        const told = events(scored, scene.events)
        for (const { label } of told) count(label, 'estimated')
        for (const [{ label }] of matchedEvents(scene.events, told).pairs) count(label, 'found')
      }
      for (const scored of backgrounds) for (const { label } of events(scored, [])) count(label, 'alarms')
      labels.forEach((label, i) => {
        // One that is not kept never counts, whatever its threshold.
        per[i].push(isKept(label) ? counts[i] : { ...onset, ...never })
      })
    }
  return per
}

/** An alarm's price at which nothing else counts: where labels must be told, there may be more than are allowed. */
const HIGHEST_PRICE = 2 ** 20

/** One outcome of each label: the highest F1 at no more than so many false alarms, or at as few as there can be. */
function thresholdsFor(per: readonly (readonly Outcome[])[], reference: number, alarms: number): Outcome[] {
  const at = (price: number) => highestF1(per, reference, price)
  const of = (some: readonly Outcome[]) => sumOf(some, (outcome) => outcome.alarms)
  let [low, high] = [0, 1]
  if (of(at(low)) <= alarms) return at(low)
  while (of(at(high)) > alarms && high < HIGHEST_PRICE) high *= 2
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2
    if (of(at(middle)) > alarms) low = middle
    else high = middle
  }
  return at(high)
}

/** Dinkelbach's method: what maximises 2 found - F1 · estimated - price · alarms, F1 anew until it stays. */
function highestF1(per: readonly (readonly Outcome[])[], reference: number, price: number): Outcome[] {
  let f1 = 0
  for (;;) {
    const worth = ({ found, estimated, alarms }: Outcome) => 2 * found - f1 * estimated - price * alarms
    const chosen = per.map((some) => some.reduce((best, one) => (worth(one) > worth(best) ? one : best)))
    const next =
      (2 * sumOf(chosen, ({ found }) => found)) / (reference + sumOf(chosen, ({ estimated }) => estimated))
    if (next <= f1 + 1e-12) return chosen
    f1 = next
  }
}

function sumOf(some: readonly Outcome[], count: (outcome: Outcome) => number): number {
  return some.reduce((sum, outcome) => sum + count(outcome), 0)
}
