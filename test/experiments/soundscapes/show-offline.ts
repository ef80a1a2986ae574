import { type CalmRules, calmDecoding, calmRules } from '../../../demo/listen/calm-rules.ts'
import { USUAL_SHARE } from '../../../demo/listen/ease.ts'
import { Hearing } from '../../../demo/listen/hearing.ts'
import { RoomLevel } from '../../../demo/listen/room-level.ts'
import { eventName } from '../../../demo/listen/surest.ts'
import type { Answers } from '../../../src/cli/evaluate/answers.ts'
import { EventDecoder } from '../../../src/events/index.ts'
import type { Decoding } from '../../../src/model/index.ts'
import type { ShownEvent } from '../../../src/view/index.ts'
import type { ScoredSound, ToldEvent } from './listen-offline.ts'

/** By what the page leaves events out, and from which share on it shows them. */
export interface PageRules extends CalmRules {
  readonly share: number
}

/** As the page is opened. */
export const pageRules: PageRules = { ...calmRules, share: USUAL_SHARE }

/** What the Listen screen has shown of a sound in the end, and what it showed and took back. */
export interface Shown {
  readonly events: readonly ToldEvent[]
  readonly takenBack: number
}

/** The Listen screen's own rules on the scores of a sound, by the answers' labels. */
export function showOffline(
  { windows, seconds, end }: ScoredSound,
  { labels }: Answers,
  decoding: Decoding,
  step: number,
  rules: PageRules = pageRules,
): Shown {
  const decoder = new EventDecoder(labels, decoding, step)
  const own = Object.fromEntries(labels.map((label, place) => [label, decoding.labels[place].on]))
  decoder.setOptions(calmDecoding(own, rules.share, rules))
  const shown = new Map<string, { event: ShownEvent; told: number }>()
  let takenBack = 0
  let now = 0
  const names = labels.map((label) => ({ label }))
  const { smoothingSeconds } = decoding
  const views = {
    show: (event: ShownEvent) => {
      const name = eventName(event)
      shown.set(name, { event, told: shown.get(name)?.told ?? now })
    },
    takeBack: (event: ShownEvent) => {
      shown.delete(eventName(event))
      takenBack++
    },
    tell: () => {},
  }
  const hearing = new Hearing({ labels: names, smoothingSeconds }, new RoomLevel(), views, rules)
  for (const { center, now: time, scores, level } of windows) {
    now = time
    hearing.hear(now, center, scores, level)
    for (const event of decoder.push(center, scores)) hearing.put(now, event)
    for (const onset of decoder.onsets) hearing.put(now, onset)
  }
  now = seconds
  for (const event of decoder.finish(end)) hearing.put(now, event)
  const events = Array.from(shown.values(), ({ event, told }) => ({ ...event, end: event.end ?? end, told }))
  return { events, takenBack }
}
