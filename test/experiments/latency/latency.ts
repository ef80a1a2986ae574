import type { Decoding, Model } from '../../../src/model/index.ts'
import { markdownTable } from '../report/markdown.ts'
import { chooseDecoding, type Times } from '../soundscapes/choose-decoding.ts'
import { f1Of, matchedEvents } from '../soundscapes/event-score.ts'
import { decodeOffline, decodingOf, type ScoredSound } from '../soundscapes/listen-offline.ts'
import { type Material, SILENCE } from '../soundscapes/material.ts'
import { type Heard, type HeardSound, scoreMaterial } from '../soundscapes/score-material.ts'
import { onsetDelays, quantile } from './delays.ts'

/** A row of the table. */
interface Row {
  readonly name: string
  readonly f1: number
  readonly alarms: number
  readonly delays: readonly number[]
}

/** Where thresholds are chosen here: what `npm run soundscapes -- --choose` found best for the default model. */
const OFF_SHARE = 0.5

/**
 * The delays of a model as its file says, without a part of its decoding, and at half its hop; and with thresholds and
 * onset offsets chosen anew for other times, at no more false alarms.
 */
export async function latency(model: Model, material: Material): Promise<string> {
  const half = await scoreMaterial(atHalfTheHop(model), material, [...material.labels, SILENCE])
  const whole = everyOther(half)
  const own = decodingOf(model, half.answers)
  const changed = (change: Partial<Decoding['labels'][number]>) => ({
    ...own,
    labels: own.labels.map((label) => ({ ...label, ...change })),
  })
  const asIs = measured('as the file says', whole, own)
  const rows = [
    asIs,
    measured('its hop, no onset offsets', whole, changed({ onsetOffsetSeconds: 0 })),
    measured('half the hop', half, own),
    measured('half the hop, no minimum', half, changed({ minimumSeconds: 0 })),
  ]
  // Of one window at least: at the model's own hop two minima below it would be the same.
  for (const [name, scored, minima] of [
    ['its hop', whole, [0.24]] as const,
    ['half the hop', half, [0.12, 0.24]] as const,
  ])
    for (const smoothingSeconds of [0, 0.2])
      for (const minimumSeconds of minima) {
        const times: Times = {
          smoothingSeconds,
          minimumSeconds,
          mergeGapSeconds: own.mergeGapSeconds,
          offShare: OFF_SHARE,
        }
        const { decoding } = chooseDecoding(scored, asIs.alarms, (label) => label !== SILENCE, [times])
        const setting = `smoothing ${smoothingSeconds}, minimum ${minimumSeconds}`
        rows.push(measured(`${name}, ${setting}, thresholds and offsets chosen`, scored, decoding))
      }
  return tableOf(model, rows)
}

function atHalfTheHop(model: Model): Model {
  const { classifier } = model
  return { ...model, classifier: { ...classifier, hopFrames: classifier.hopFrames / 2 } }
}

/** The windows that twice the hop has. */
function everyOther({ answers, step, scenes, backgrounds }: Heard): Heard {
  const thinned = (scored: HeardSound) => ({
    ...scored,
    windows: scored.windows.filter((_, i) => i % 2 === 0),
  })
  return {
    answers,
    step: 2 * step,
    scenes: scenes.map(({ scene, scored }) => ({ scene, scored: thinned(scored) })),
    backgrounds: backgrounds.map(thinned),
  }
}

function measured(name: string, { answers, step, scenes, backgrounds }: Heard, decoding: Decoding): Row {
  const hear = (scored: ScoredSound) =>
    decodeOffline(scored, answers, decoding, step).filter(({ label }) => label !== SILENCE)
  const told = scenes.map(({ scored }) => hear(scored))
  const alarms = backgrounds.reduce((sum, scored) => sum + hear(scored).length, 0)
  const hours = backgrounds.reduce((sum, { seconds }) => sum + seconds, 0) / 3600
  return {
    name,
    f1: f1Of(scenes.map(({ scene }, i) => matchedEvents(scene.events, told[i]))),
    alarms: alarms / hours,
    delays: scenes.flatMap(({ scene }, i) => onsetDelays(scene.events, told[i])),
  }
}

function tableOf({ card }: Model, rows: readonly Row[]): string {
  const head = [card.name, 'event F1', 'false alarms an hour', 'told', 'median, s', '95 %, s']
  return markdownTable(
    head,
    rows.map(({ name, f1, alarms, delays }) => [
      name,
      f1.toFixed(3),
      alarms.toFixed(0),
      String(delays.length),
      quantile(delays, 0.5).toFixed(2),
      quantile(delays, 0.95).toFixed(2),
    ]),
  )
}
