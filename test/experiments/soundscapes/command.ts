// npm run soundscapes -- --data DIR --backgrounds DIR [--model FILE] [--yamnet FILE]: scenes mixed from test clips over
// backgrounds of the valid split, heard as the live page hears; how well events are found, how late, how often wrongly.
// With --choose OUT: thresholds and times of decoding are chosen on scenes of valid clips over backgrounds of the train
// split, at no more than --alarms false alarms an hour, and OUT is the model with them; with --highest no threshold is
// above that, so that every label can be told.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Answers, answersOf } from '../../../src/cli/evaluate/answers.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { audiosetMap, everyName, type LabelMap } from '../../../src/learning/data/index.ts'
import { reliability } from '../../../src/learning/evaluation/index.ts'
import { type Model, readModel, writeModel } from '../../../src/model/index.ts'
import { chooseDecoding } from './choose-decoding.ts'
import { f1Of, isMeanwhile, matchedEvents, matchedSegments } from './event-score.ts'
import { listenOffline, type ToldEvent } from './listen-offline.ts'
import { type Material, readMaterial, SAMPLE_RATE, SILENCE } from './material.ts'
import { SCENE_SECONDS, type Scene } from './scene.ts'
import { scoreMaterial } from './score-material.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/events' },
    backgrounds: { type: 'string', default: '../shared/data/backgrounds' },
    model: { type: 'string', default: 'demo/public/models/events.safetensors' },
    yamnet: { type: 'string' },
    choose: { type: 'string' },
    alarms: { type: 'string', default: '6' },
    highest: { type: 'string', default: '1' },
    scenes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})
/** Clips of a split in scenes over backgrounds of another. */
const scenesOf = (clipSplit: string, backgroundSplit: string) =>
  readMaterial(values, clipSplit, backgroundSplit)

const given = readModel(readFileSync(values.model))
if (values.choose === undefined) {
  const material = await scenesOf('test', 'valid')
  await measure(given, material)
  if (values.yamnet !== undefined)
    await measure(readModel(readFileSync(values.yamnet)), material, audiosetMap)
} else writeFileSync(values.choose, writeModel(await chosenFor(given, await scenesOf('valid', 'train'))))

/** The model with the decoding that is best on the scenes. */
async function chosenFor(model: Model, material: Material): Promise<Model> {
  const heard = await scoreMaterial(model, material, model.labels)
  const { decoding, f1, falseAlarmsPerHour } = chooseDecoding(
    heard,
    Number(values.alarms),
    (label) => label !== SILENCE,
  )
  console.log(
    `event F1 ${f1.toFixed(3)}, ${falseAlarmsPerHour.toFixed(1)} false alarms an hour where it was chosen`,
  )
  const { smoothingSeconds, mergeGapSeconds, labels } = decoding
  console.log(JSON.stringify({ smoothingSeconds, mergeGapSeconds, ...labels[0] }))
  console.log(model.labels.map((label, i) => `  ${label} ${labels[i].on}`).join('\n'))
  // Silence is told where nothing else is: its threshold stays.
  const silence = model.labels.indexOf(SILENCE)
  const highest = Number(values.highest)
  const lowered = ({ on, off, minimumSeconds }: (typeof labels)[number]) => {
    const least = Math.min(on, highest)
    return { on: least, off: (off / on) * least, minimumSeconds }
  }
  const own = labels.map((label, i) => (i === silence ? model.decoding.labels[i] : lowered(label)))
  // A figure of the thresholds that were.
  const { 'test macro F1': _, ...metrics } = model.card.metrics
  const description = `${model.card.description} Thresholds and times of events were then chosen on scenes mixed from valid clips.`
  return { ...model, card: { ...model.card, description, metrics }, decoding: { ...decoding, labels: own } }
}

async function measure(
  model: Model,
  { labels, scenes, backgrounds }: Material,
  map: LabelMap = everyName,
): Promise<void> {
  const wanted = [{ path: '', labels: [...labels, SILENCE] }]
  const answers = answersOf(model.labels, wanted, map)
  const classifier = await loadClassifier(model)
  const hear = async (sound: Float32Array) =>
    (await listenOffline(model, classifier, answers, sound)).filter(({ label }) => label !== SILENCE)
  const heard = []
  for (const { sound } of scenes) heard.push(await hear(sound))
  let falseAlarms = 0
  let seconds = 0
  for (const sound of backgrounds) {
    falseAlarms += (await hear(sound)).length
    seconds += sound.length / SAMPLE_RATE
  }
  classifier.dispose()
  tell(model, scenes, heard, (3600 * falseAlarms) / seconds, answers)
}

function tell(
  model: Model,
  all: readonly Scene[],
  heard: readonly Awaited<ReturnType<typeof listenOffline>>[],
  falseAlarms: number,
  { labels }: Answers,
): void {
  const events = all.map((scene, i) => matchedEvents(scene.events, heard[i]))
  const segments = all.map((scene, i) => matchedSegments(scene.events, heard[i]))
  const wrong = events.reduce((sum, { estimated, found }) => sum + estimated - found, 0)
  const delays = events
    .flatMap(({ pairs }) =>
      pairs.map(([one, other]) => (other as (typeof heard)[number][number]).told - one.start),
    )
    .sort((a, b) => a - b)
  const delay = (share: number) => delays[Math.floor(share * (delays.length - 1))]?.toFixed(2) ?? '–'
  const minutes = (all.length * SCENE_SECONDS) / 60
  console.log(
    [
      `${model.card.name} (${labels.length} labels)`,
      `  event F1 ${f1Of(events).toFixed(3)}, segment F1 ${f1Of(segments).toFixed(3)}`,
      `  wrong events a minute ${(wrong / minutes).toFixed(2)}`,
      `  onset to telling of events found: median ${delay(0.5)} s, 95 % ${delay(0.95)} s`,
      `  false alarms an hour on backgrounds ${falseAlarms.toFixed(0)}`,
      `  events by their confidence, and the share whose label is heard meanwhile: ${reliabilityOf(all, heard)}`,
    ].join('\n'),
  )
}

/** Of the events of each tenth of confidence how many there are, and the share during which their label is heard. */
function reliabilityOf(all: readonly Scene[], heard: readonly (readonly ToldEvent[])[]): string {
  const told = heard.flatMap((events, i) =>
    events.map((event) => ({
      score: [event.confidence],
      target: [Number(all[i].events.some((one) => isMeanwhile(one, event)))],
    })),
  )
  return reliability(
    told.map(({ score }) => score),
    told.map(({ target }) => target),
  )
    .filter(({ count }) => count > 0)
    .map(({ from, count, right }) => `${from.toFixed(1)}: ${count}, ${right.toFixed(2)}`)
    .join('; ')
}
