import { type Answers, answersOf, merged } from '../../../src/cli/evaluate/answers.ts'
import { ClipScores } from '../../../src/cli/evaluate/clip-scores.ts'
import { print } from '../../../src/files/index.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { everyName, readLabelledClips } from '../../../src/learning/data/index.ts'
import {
  calibrationError,
  clipScore,
  fitPlatt,
  type LogitMap,
  logit,
  type ReliabilityBin,
  reliability,
  UNCHANGED,
} from '../../../src/learning/evaluation/index.ts'
import { OptionReader, ProgressBar, writeWhole } from '../../../src/learning/node/index.ts'
import { type Model, writeModel } from '../../../src/model/index.ts'
import { openModel } from '../../../src/model/node.ts'
import { markdownTable } from '../report/markdown.ts'
import { recalibrated } from './recalibrated.ts'

const USAGE = `npm run calibrate -- --data DIR --model FILE --out FILE

  --data DIR     folder with manifest.csv (columns file, label, split) and its clips: fitted on valid, measured on test
  --model FILE   a model with a sigmoid for each label; the file stays as it is
  --out FILE     the calibrated model`

export interface CalibrateOptions {
  readonly data: string
  readonly model: string
  readonly out: string
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): CalibrateOptions {
  const read = new OptionReader(USAGE)
  const names = ['data', 'model', 'out'] as const
  const values = read.parse(args, {
    data: { type: 'string' },
    model: { type: 'string' },
    out: { type: 'string' },
  })
  const [data, model, out] = names.map((name) => read.given(name, values[name]))
  return { data, model, out }
}

/** Logits of clips: per clip and window one for each answer. */
interface Heard {
  readonly answers: Answers
  readonly logits: readonly (readonly Float32Array[])[]
}

/** Fits, writes the model, and prints the maps and the reliability curves before and after. */
export async function calibrate({ data, model: path, out }: CalibrateOptions): Promise<void> {
  const model = await openModel(path)
  const valid = await hear(model, data, 'valid')
  const maps = mapsOf(valid)
  writeWhole(out, writeModel(await recalibrated(model, maps)))
  const test = await hear(model, data, 'test')
  const rows = maps.map(({ scale, offset }, label) => [
    model.labels[label],
    ...[scale, offset].map((value) => value.toFixed(2)),
  ])
  print(`${markdownTable(['label', 'scale', 'offset'], rows)}\n\n`)
  for (const [split, heard] of [['valid', valid] as const, ['test', test] as const])
    print(curves(split, curveOf(heard), curveOf(heard, maps)))
}

async function hear(model: Model, folder: string, split: string): Promise<Heard> {
  const answers = answersOf(model.labels, readLabelledClips(folder, { split }), everyName)
  const classifier = await loadClassifier(model)
  const scores = new ClipScores(model, classifier)
  const bar = new ProgressBar(`scoring ${split}`, answers.clips.length)
  const logits: Float32Array[][] = []
  for (const { path } of answers.clips) {
    const windows = await scores.windowsOf(path)
    logits.push(windows.map((window) => merged(window, answers.places).map(logit)))
    bar.advance()
  }
  bar.stop()
  classifier.dispose()
  return { answers, logits }
}

const ofLabel = (windows: readonly Float32Array[], label: number) => windows.map((window) => window[label])

/** One for each label of the model. */
export function mapsOf({ answers, logits }: Heard): LogitMap[] {
  return answers.labels.map((_, label) =>
    fitPlatt(
      logits.map((windows, i) => ({
        logits: ofLabel(windows, label),
        hasLabel: answers.clips[i].labels.includes(label),
      })),
    ),
  )
}

/** Of the labels that some clip has. */
function curveOf({ answers, logits }: Heard, maps?: readonly LogitMap[]): ReliabilityBin[] {
  return reliability(
    logits.map((windows) =>
      answers.asked.map((label) => clipScore(ofLabel(windows, label), maps?.[label] ?? UNCHANGED)),
    ),
    answers.clips.map(({ labels }) => answers.asked.map((label) => Number(labels.includes(label)))),
  )
}

function curves(split: string, before: readonly ReliabilityBin[], after: readonly ReliabilityBin[]): string {
  const cells = ({ count, score, right }: ReliabilityBin) => [
    String(count),
    ...[score, right].map((value) => (count > 0 ? value.toFixed(3) : '–')),
  ]
  const rows = before.map((bin, i) => [
    `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`,
    ...cells(bin),
    ...cells(after[i]),
  ])
  const errors = [before, after].map((bins) => calibrationError(bins).toFixed(3))
  const sure = [before, after].map((bins) =>
    calibrationError(bins.filter(({ from }) => from >= 0.5)).toFixed(3),
  )
  const head = [split, 'answers before', 'mean', 'right', 'answers after', 'mean', 'right']
  return [
    markdownTable(head, rows),
    '',
    `Expected calibration error ${errors.join(' → ')}, of scores of a half and more ${sure.join(' → ')}.`,
    '\n',
  ].join('\n')
}
