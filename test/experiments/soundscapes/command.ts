// npm run soundscapes -- --data DIR --backgrounds DIR [--model FILE] [--yamnet FILE] [--teacher FILE]: scenes mixed from test clips over
// backgrounds of the valid split, heard as the live page hears; how well events are found, how late, how often wrongly.
// With --choose OUT: thresholds and times of decoding are chosen on scenes of valid clips over backgrounds of the train
// split, at no more than --alarms false alarms an hour, and OUT is the model with them; with --highest no threshold is
// above that, so that every label can be told; --minimum is how long an event lasts at least, seconds; --smoothing is the
// time constant of the scores, seconds, where not the best of several is to be found. A table says what other bounds and
// minima would give. With --rules: what the page's Listen screen shows of those same scenes with
// each of its rules changed by itself. With --teacher, a model with AudioSet's names: a label that it hears in a
// background, and that is no event there, is unknown, and neither right nor wrong.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { audiosetMap, everyName, type LabelMap } from '../../../src/learning/data/index.ts'
import { type Model, readModel, splitFigures, writeModel } from '../../../src/model/index.ts'
import { markdownTable } from '../report/markdown.ts'
import { BOUNDS, MINIMA, withOwnSilence } from './bounds.ts'
import { chooseDecoding, type Times, timesWith } from './choose-decoding.ts'
import { delayAt, type Figures, figuresOf, secondsOf } from './figures.ts'
import { decodeOffline, decodingOf, type ScoredSound } from './listen-offline.ts'
import { type Material, readMaterial, SILENCE } from './material.ts'
import { scoreMaterial } from './score-material.ts'
import { showOffline } from './show-offline.ts'
import { heardInBackgrounds, type Unknown } from './unknown.ts'
import { variedRules } from './varied-rules.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/events' },
    backgrounds: { type: 'string', default: '../shared/data/backgrounds' },
    model: { type: 'string', default: 'demo/public/models/events.safetensors' },
    yamnet: { type: 'string' },
    teacher: { type: 'string' },
    choose: { type: 'string' },
    rules: { type: 'boolean', default: false },
    alarms: { type: 'string', default: '6' },
    highest: { type: 'string', default: '1' },
    minimum: { type: 'string', default: '0.3' },
    smoothing: { type: 'string' },
    scenes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})
/** For the card. */
const CHOSEN = ' Thresholds and times of events were then chosen on scenes mixed from valid clips.'
/** Clips of a split in scenes over backgrounds of another. */
const scenesOf = (clipSplit: string, backgroundSplit: string) =>
  readMaterial(values, clipSplit, backgroundSplit)

const given = readModel(readFileSync(values.model))
if (values.rules) await compareRules(given, await scenesOf('valid', 'train'))
else if (values.choose === undefined) {
  const material = await scenesOf('test', 'valid')
  await measure(given, material, everyName, await unknownIn(material, material.labels))
  // It cannot be judged by what it hears itself.
  if (values.yamnet !== undefined)
    await measure(readModel(readFileSync(values.yamnet)), material, audiosetMap)
} else writeFileSync(values.choose, writeModel(await chosenFor(given, await scenesOf('valid', 'train'))))

/** The model with the decoding that is best on the scenes. */
async function chosenFor(model: Model, material: Material): Promise<Model> {
  const unknown = await unknownIn(material, model.labels)
  const heard = await scoreMaterial(model, material, model.labels, everyName, unknown)
  const chosen = (tried: readonly Times[], highest: number) =>
    chooseDecoding(heard, Number(values.alarms), (label) => label !== SILENCE, tried, highest)
  const smoothing = values.smoothing === undefined ? undefined : [Number(values.smoothing)]
  const { decoding, times, f1, falseAlarmsPerHour } = chosen(
    timesWith(Number(values.minimum), smoothing),
    Number(values.highest),
  )
  console.log(
    `event F1 ${f1.toFixed(3)}, ${falseAlarmsPerHour.toFixed(1)} false alarms an hour where it was chosen`,
  )
  console.log(JSON.stringify(times))
  const onsets = decoding.labels.map(
    ({ on, onsetOffsetSeconds = 0 }, i) => `  ${model.labels[i]} from ${on}, ${onsetOffsetSeconds} s later`,
  )
  console.log(onsets.join('\n'))
  const rows = BOUNDS.flatMap((highest) =>
    MINIMA.map((minimumSeconds) => {
      const own = chosen([{ ...times, minimumSeconds }], highest).decoding
      const tried = decodingOf({ ...model, decoding: withOwnSilence(own, model) }, heard.answers)
      const events = (scored: ScoredSound) => decodeOffline(scored, heard.answers, tried, heard.step)
      const { eventF1, segmentF1, wrongAMinute, delays, falseAlarmsAnHour } = figuresOf(heard, events)
      const shares = [eventF1, segmentF1].map((share) => share.toFixed(3))
      const found = [String(delays.length), delayAt(delays, 0.5)]
      return [
        `${highest}`,
        `${minimumSeconds}`,
        ...shares,
        wrongAMinute.toFixed(2),
        ...found,
        falseAlarmsAnHour.toFixed(0),
      ]
    }),
  )
  const head = [
    'at most',
    'minimum, s',
    'event F1',
    'segment F1',
    'wrong a minute',
    'found',
    'delay, s',
    'alarms an hour',
  ]
  console.log(markdownTable(head, rows))
  // Figures of the thresholds that were.
  const { 'test macro F1': _, ...metrics } = splitFigures(model.card, model.labels).others
  const description = `${model.card.description.replace(CHOSEN, '')}${CHOSEN}`
  const card = { ...model.card, description, metrics }
  return { ...model, card, decoding: withOwnSilence(decoding, model) }
}

/** What the teacher hears below the events, where there is one. */
async function unknownIn(material: Material, labels: readonly string[]): Promise<Unknown | undefined> {
  const { teacher } = values
  return teacher === undefined
    ? undefined
    : heardInBackgrounds(readModel(readFileSync(teacher)), material, labels)
}

async function measure(model: Model, material: Material, map: LabelMap, unknown?: Unknown): Promise<void> {
  const heard = await scoreMaterial(model, material, [...material.labels, SILENCE], map, unknown)
  const { answers, step } = heard
  const decoding = decodingOf(model, answers)
  console.log(`${model.card.name} (${answers.labels.length} labels)`)
  tell(
    'as decoded',
    figuresOf(heard, (scored) => decodeOffline(scored, answers, decoding, step)),
  )
  let takenBack = 0
  const shown = figuresOf(heard, (scored) => {
    const { events, takenBack: more } = showOffline(scored, answers, decoding, step)
    takenBack += more
    return events
  })
  tell('as the page shows', shown)
  const seconds = secondsOf([...heard.scenes.map(({ scored }) => scored), ...heard.backgrounds])
  console.log(`    taken back again, a minute ${((60 * takenBack) / seconds).toFixed(2)}`)
}

function tell(title: string, figures: Figures): void {
  const { eventF1, segmentF1, wrongAMinute, delays, falseAlarmsAnHour } = figures
  console.log(
    [
      `  ${title}`,
      `    event F1 ${eventF1.toFixed(3)}, segment F1 ${segmentF1.toFixed(3)}`,
      `    wrong events a minute ${wrongAMinute.toFixed(2)}`,
      `    onset to telling of events found: median ${delayAt(delays, 0.5)} s, 95 % ${delayAt(delays, 0.95)} s`,
      `    false alarms an hour on backgrounds ${falseAlarmsAnHour.toFixed(0)}`,
      `    events by their confidence, and the share whose label is heard meanwhile: ${figures.reliability}`,
    ].join('\n'),
  )
}

/** What the page shows with each of its rules changed by itself. */
async function compareRules(model: Model, material: Material): Promise<void> {
  const unknown = await unknownIn(material, material.labels)
  const heard = await scoreMaterial(model, material, [...material.labels, SILENCE], everyName, unknown)
  const { answers, step } = heard
  const decoding = decodingOf(model, answers)
  const rows = variedRules().map(([title, rules]) => {
    const events = (scored: ScoredSound) => showOffline(scored, answers, decoding, step, rules).events
    const { eventF1, segmentF1, wrongAMinute, delays, falseAlarmsAnHour } = figuresOf(heard, events)
    const shares = [eventF1, segmentF1].map((share) => share.toFixed(3))
    return [title, ...shares, wrongAMinute.toFixed(2), delayAt(delays, 0.5), falseAlarmsAnHour.toFixed(0)]
  })
  const head = ['rules', 'event F1', 'segment F1', 'wrong a minute', 'delay, s', 'false alarms an hour']
  console.log(markdownTable(head, rows))
}
