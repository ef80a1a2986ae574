import { basename, resolve } from 'node:path'
import { pcenOf, type RoomHalves } from '../../../src/learning/adaptation/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { type Clip, loadClips, type Manifest, readManifest } from '../../../src/learning/data/index.ts'
import type { AdaptOptions } from './adapt-options.ts'
import { bedsOf, type Noise, noiseOf } from './beds.ts'
import { chooseClips } from './choose-clips.ts'
import type { HeardSet, Measured } from './measure.ts'
import { NoisyClips } from './noisy-clips.ts'
import { type OpenedModel, openModel } from './open-model.ts'
import type { AdaptationRecord, RoomRun } from './record.ts'
import { measureBoth, runAdaptation } from './run.ts'
import { RunsFolder } from './runs-folder.ts'

/** What all rooms share. */
interface Stage {
  readonly options: AdaptOptions
  readonly model: OpenedModel
  readonly manifest: Manifest
  readonly listener: NoisyClips
  readonly runs: RunsFolder
}

/** Of the places in the bed under the clips measured: every adaptation is measured on the same sounds. */
const MEASURING_SEED = 0

/**
 * `npm run adapt`: for every noise, level and seed that has no file yet measures, adapts, measures again.
 *
 * @throws LeafError naming the option, the model, the line of the manifest, or the file.
 */
export async function sweep(options: AdaptOptions): Promise<void> {
  await prepareBackend()
  const manifest = readManifest(options.data)
  const model = await openModel(options.model, manifest)
  pcenOf(model.frontend)
  const noises = options.noises.map((text) => noiseOf(text, manifest))
  const { split, seconds, steps, rate } = options
  const { file, fingerprint } = model
  const runs = new RunsFolder(options.out, {
    data: basename(resolve(options.data)),
    model: { file, fingerprint },
    ...{ split, seconds, steps, rate },
  })
  const stage = { options, model, manifest, listener: new NoisyClips(model, manifest), runs }
  for (const noise of noises) await adaptToNoise(noise, stage)
  runs.gather()
}

async function adaptToNoise(noise: Noise, stage: Stage): Promise<void> {
  const { options, model, manifest, listener, runs } = stage
  const leftOut = noise.kind === 'label' ? noise.name : null
  const wanted = options.snrs
    .map((snr) => options.seeds.map((seed) => ({ noise: noise.name, leftOut, snr, seed })))
    .map((room) => room.filter((run) => !runs.has(run)))
    .filter(({ length }) => length > 0)
  if (wanted.length === 0) return
  const { sampleRate } = model.frontend
  const beds = await bedsOf(noise, manifest, sampleRate)
  const rows = manifest.rows.filter(
    ({ split, labels }) =>
      split === options.split && !labels.some((label) => manifest.labels[label] === leftOut),
  )
  const clips = await loadClips(rows, sampleRate, options.cache, () => {})
  const inQuiet = listener.heardSet(clips, null, MEASURING_SEED, leftOut)
  for (const room of wanted) await adaptToRoom(room, beds, clips, inQuiet, stage)
}

/** @param wanted runs of one noise at one level, which differ in their seeds */
async function adaptToRoom(
  wanted: readonly RoomRun[],
  beds: RoomHalves,
  clips: readonly Clip[],
  inQuiet: HeardSet,
  { options, model, manifest, listener, runs }: Stage,
): Promise<void> {
  const [{ snr, leftOut }] = wanted
  const measuring = listener.roomOf(beds.measuring, snr, clips)
  const sets = { inNoise: listener.heardSet(clips, measuring, MEASURING_SEED, leftOut), inQuiet }
  const before = measureBoth(model, pcenOf(model.frontend), sets)
  const adapting = listener.roomOf(beds.adapting, snr, clips)
  for (const run of wanted) {
    const { seed } = run
    const chosen = await chooseClips(manifest, {
      ...{ seconds: options.seconds, seed, leftOut },
      ...{ sampleRate: model.frontend.sampleRate, least: listener.least },
    })
    const examples = chosen.map((clip, i) => listener.hear(clip, i, adapting, seed))
    const done = await runAdaptation(model, examples, sets, {
      ...{ seed, leftOut: leftOut === null ? [] : [listener.place(leftOut)] },
      ...{ steps: options.steps, rate: options.rate },
    })
    const record = { run, before, ...done }
    runs.write(record)
    process.stderr.write(`${lineOf(record)}\n`)
  }
}

function lineOf({ run, before, after, seconds, learned }: Omit<AdaptationRecord, 'conditions'>): string {
  const change = (where: 'inNoise' | 'inQuiet', name: keyof Measured) =>
    `${before[where][name].toFixed(3)} → ${after[where][name].toFixed(3)}`
  return [
    `${run.noise} ${run.snr} dB, seed ${run.seed}: accuracy ${change('inNoise', 'accuracy')}`,
    `UAR ${change('inNoise', 'uar')}`,
    `mAP ${change('inNoise', 'meanAveragePrecision')}`,
    `accuracy in quiet ${change('inQuiet', 'accuracy')}`,
    `adapted in ${seconds.toFixed(1)} s on ${learned.seconds.toFixed(0)} s of sound`,
  ].join(', ')
}
