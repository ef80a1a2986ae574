import { reliability } from '../../../src/learning/evaluation/index.ts'
import { f1Of, isMeanwhile, judged, matchedEvents, matchedSegments, type TimedEvent } from './event-score.ts'
import type { ScoredSound, ToldEvent } from './listen-offline.ts'
import { SILENCE } from './material.ts'
import type { Heard, HeardSound } from './score-material.ts'

/** What is measured of one way to tell events. */
export interface Figures {
  readonly eventF1: number
  readonly segmentF1: number
  readonly wrongAMinute: number
  /** Seconds from the onsets of events that are found to their telling, ascending. */
  readonly delays: readonly number[]
  readonly falseAlarmsAnHour: number
  /** Of the events of each tenth of confidence how many there are, and the share during which their label is heard. */
  readonly reliability: string
}

/** @param eventsOf a sound; those that say there is silence do not count, nor those of which nobody knows */
export function figuresOf(
  { scenes, backgrounds }: Heard,
  eventsOf: (scored: ScoredSound) => readonly ToldEvent[],
): Figures {
  const told = (scored: HeardSound, reference: readonly TimedEvent[]) =>
    judged(eventsOf(scored), reference, scored.unknown).filter(({ label }) => label !== SILENCE)
  const heard = scenes.map(({ scene, scored }) => ({
    reference: scene.events,
    events: told(scored, scene.events),
  }))
  const matched = heard.map(({ reference, events }) => matchedEvents(reference, events))
  const wrong = matched.reduce((sum, { estimated, found }) => sum + estimated - found, 0)
  const alarms = backgrounds.reduce((sum, scored) => sum + told(scored, []).length, 0)
  return {
    eventF1: f1Of(matched),
    segmentF1: f1Of(heard.map(({ reference, events }) => matchedSegments(reference, events))),
    wrongAMinute: (60 * wrong) / secondsOf(scenes.map(({ scored }) => scored)),
    delays: matched
      .flatMap(({ pairs }) => pairs.map(([one, other]) => (other as ToldEvent).told - one.start))
      .sort((one, other) => one - other),
    falseAlarmsAnHour: (3600 * alarms) / secondsOf(backgrounds),
    reliability: reliabilityOf(
      heard.flatMap(({ reference, events }) =>
        events.map((event) => ({
          confidence: event.confidence,
          isRight: reference.some((one) => isMeanwhile(one, event)),
        })),
      ),
    ),
  }
}

export function secondsOf(sounds: readonly ScoredSound[]): number {
  return sounds.reduce((sum, { seconds }) => sum + seconds, 0)
}

/** @param share 0.5 for the median */
export function delayAt(delays: readonly number[], share: number): string {
  return delays[Math.floor(share * (delays.length - 1))]?.toFixed(2) ?? '–'
}

function reliabilityOf(events: readonly { confidence: number; isRight: boolean }[]): string {
  return reliability(
    events.map(({ confidence }) => [confidence]),
    events.map(({ isRight }) => [Number(isRight)]),
  )
    .filter(({ count }) => count > 0)
    .map(({ from, count, right }) => `${from.toFixed(1)}: ${count}, ${right.toFixed(2)}`)
    .join('; ')
}
