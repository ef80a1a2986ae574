// npm run yamnet -- FOLDER: the whole of YAMNet against its own values. FOLDER holds yamnet.tflite,
// yamnet_class_map.csv and golden.safetensors (clips k: samples_int16, log_mel, scores); none of it is in this package.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importModel } from '../../src/cli/import-model.ts'
import { reference } from '../../src/frontend/index.ts'
import { loadClassifier } from '../../src/inference/node.ts'
import { readModel } from '../../src/model/index.ts'
import { readSafetensors, tensorValues } from '../../src/model/safetensors.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/index.ts'
import { buildPage, launchBrowser, servePage } from '../browser/harness.ts'
import { upsampled } from './upsampled.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('Name the folder with yamnet.tflite.')

const MEGABYTES = 4.2
const FEATURES = 1e-4
const SCORES = 1e-3
const STREAMED = 5e-3
/** Of a core, live. */
const SHARE = 0.12
const LIVE_SECONDS = 20

let missed = 0
function tell(what: string, value: number, bound: number): void {
  if (!(value <= bound)) missed++
  console.log(`${value <= bound ? 'yes' : 'NO '}  ${what}: ${value.toPrecision(3)}, at most ${bound}`)
}

const { bytes } = await importModel(
  readFileSync(join(folder, 'yamnet.tflite')),
  join(folder, 'yamnet_class_map.csv'),
)
tell('model file, MB', bytes.length / 1e6, MEGABYTES)
const model = readModel(bytes)
const { tensors } = readSafetensors(readFileSync(join(folder, 'golden.safetensors')))
const values = (name: string) => tensorValues(tensors.get(name)!) as Float32Array
const clips = Array.from({ length: 16 }, (_, k) => ({
  samples: Float32Array.from(
    new Int16Array(new Uint8Array(tensors.get(`${k}.samples_int16`)!.bytes).buffer),
    (sample) => sample / 32768,
  ),
  logMel: values(`${k}.log_mel`),
  scores: values(`${k}.scores`),
}))

const engine = new Engine(compilePlan(model.frontend), null)
tell(
  'features, reference',
  worst((clip) => [reference(model.frontend, clip.samples).values, clip.logMel]),
  FEATURES,
)
tell(
  'features, engine',
  worst((clip) => [engine.clip(clip.samples).values, clip.logMel]),
  FEATURES,
)

const classifier = await loadClassifier(model)
const inNode = await Promise.all(clips.map(({ logMel }) => classifier.infer(logMel, 1)))
tell(
  `scores in Node on ${classifier.backend}`,
  worst((clip, k) => [inNode[k], clip.scores]),
  SCORES,
)
classifier.dispose()

const built = await buildPage('test/yamnet/page')
writeFileSync(join(built.folder, 'yamnet.safetensors'), bytes)
const served = await servePage(built.folder, { isolated: true })
const browser = await launchBrowser()
try {
  const page = await browser.newPage()
  await page.goto(served.url)
  await page.waitForFunction('window.yamnet')
  const scored = (windows: number[][]) =>
    page.evaluate((given) => window.yamnet.worker(given, 'wasm'), windows)
  const inWorker = await scored(clips.map(({ logMel }) => [...logMel]))
  tell(
    'scores in Chromium’s worker on WASM',
    worst((clip, k) => [inWorker[k], clip.scores]),
    SCORES,
  )
  const frames: number[][] = []
  for (const { samples } of clips) {
    const sound = [...upsampled(samples, 3), ...new Array(4800).fill(0)]
    frames.push(await page.evaluate((given) => window.yamnet.worklet(given, 48000, 96), sound))
  }
  const streamed = await scored(frames)
  tell(
    'scores through the worklet at 48 kHz',
    worst((clip, k) => [streamed[k], clip.scores]),
    STREAMED,
  )
  const live = await page.evaluate((seconds) => window.yamnet.live(seconds), LIVE_SECONDS)
  console.log(`     live on ${live.backend}: ${live.hop.toFixed(3)} s from window to window`)
  tell('share of a core, inference and audio thread', live.inference + live.audio, SHARE)
} finally {
  await browser.close()
  await served.close()
  await built.remove()
}
process.exit(missed === 0 ? 0 : 1)

/** The largest difference in any clip. */
function worst(
  pair: (clip: (typeof clips)[number], k: number) => [ArrayLike<number>, ArrayLike<number>],
): number {
  const errors = clips.map((clip, k) => {
    const [one, other] = pair(clip, k)
    return Array.from(other, (value, i) => Math.abs(value - one[i])).reduce((a, b) => Math.max(a, b))
  })
  return Math.max(...errors)
}
