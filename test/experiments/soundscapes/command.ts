// npm run soundscapes -- --data DIR --backgrounds DIR [--yamnet FILE]: scenes mixed from test clips over backgrounds of
// the valid split, heard as the live page hears; how well events are found, how late, and how often wrongly.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Answers, answersOf } from '../../../src/cli/evaluate/answers.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import {
  audiosetMap,
  ClipResampler,
  decodeClip,
  everyName,
  type LabelMap,
  readCsv,
  readLabelledClips,
} from '../../../src/learning/data/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { type Model, readModel } from '../../../src/model/index.ts'
import { f1Of, matchedEvents, matchedSegments } from './event-score.ts'
import { listenOffline } from './listen-offline.ts'
import { makeScene, SCENE_SECONDS, type Scene, type SceneSound } from './scene.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/events' },
    backgrounds: { type: 'string', default: '../shared/data/backgrounds' },
    model: { type: 'string', default: 'demo/public/models/events.safetensors' },
    yamnet: { type: 'string' },
    scenes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})
/** Hz; all models here work at it. */
const SAMPLE_RATE = 16000
/** A label whose events are no sound. */
const SILENCE = 'silence'

const resampler = new ClipResampler(SAMPLE_RATE)
const backgrounds: Float32Array[] = []
for (const { file, split } of readCsv(join(values.backgrounds, 'manifest.csv')))
  if (split === 'valid') backgrounds.push(await decodeClip(join(values.backgrounds, file), resampler))
const clips: SceneSound[] = []
for (const { path, labels } of readLabelledClips(values.data, { split: 'test' }))
  if (labels.length === 1 && labels[0] !== SILENCE)
    clips.push({ label: labels[0], sound: await decodeClip(path, resampler) })
const scenes = Array.from({ length: Number(values.scenes) }, (_, i) => {
  const random = streams.soundscape(Number(values.seed), i)
  return makeScene(clips, backgrounds[random.below(backgrounds.length)], SAMPLE_RATE, random)
})
const count = scenes.reduce((sum, { events }) => sum + events.length, 0)
console.log(`${scenes.length} scenes of ${SCENE_SECONDS} s with ${count} events, seed ${values.seed}`)

await measure(readModel(readFileSync(values.model)))
if (values.yamnet !== undefined) await measure(readModel(readFileSync(values.yamnet)), audiosetMap)

async function measure(model: Model, map: LabelMap = everyName): Promise<void> {
  const wanted = [{ path: '', labels: [...new Set(clips.map(({ label }) => label)), SILENCE] }]
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
    ].join('\n'),
  )
}
