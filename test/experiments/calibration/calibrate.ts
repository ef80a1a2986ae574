import { print } from '../../../src/files/index.ts'
import {
  calibrationError,
  clipScore,
  fitPlatt,
  type LogitMap,
  type ReliabilityBin,
  reliability,
  UNCHANGED,
} from '../../../src/learning/evaluation/index.ts'
import { OptionReader, writeWhole } from '../../../src/learning/node/index.ts'
import { writeModel } from '../../../src/model/index.ts'
import { openModel } from '../../../src/model/node.ts'
import { markdownTable } from '../report/markdown.ts'
import { type Heard, hear } from './heard.ts'
import { recalibrated } from './recalibrated.ts'

const USAGE = `npm run calibrate -- --data DIR --model FILE --out FILE

  --data DIR     folder with manifest.csv (columns file, label, split) and its clips: fitted on valid, measured on test
  --model FILE   a model with a sigmoid for each label; the file stays as it is
  --teacher FILE a model that hears more than a clip's labels say, as YAMNet imported from its file: a label that is not
                 given but that it hears is unknown, and not fitted by
  --out FILE     the calibrated model`

export interface CalibrateOptions {
  readonly data: string
  readonly model: string
  readonly teacher: string | undefined
  readonly out: string
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): CalibrateOptions {
  const read = new OptionReader(USAGE)
  const names = ['data', 'model', 'out'] as const
  const values = read.parse(args, {
    data: { type: 'string' },
    model: { type: 'string' },
    teacher: { type: 'string' },
    out: { type: 'string' },
  })
  const [data, model, out] = names.map((name) => read.given(name, values[name]))
  return { data, model, teacher: values.teacher, out }
}

/** Fits, writes the model, and prints the maps and the reliability curves before and after. */
export async function calibrate({ data, model: path, teacher, out }: CalibrateOptions): Promise<void> {
  const model = await openModel(path)
  const knowing = teacher === undefined ? undefined : await openModel(teacher)
  const valid = await hear(model, data, 'valid', knowing)
  const maps = mapsOf(valid)
  writeWhole(out, writeModel(await recalibrated(model, maps)))
  const test = await hear(model, data, 'test', knowing)
  const rows = maps.map(({ scale, offset }, label) => [
    model.labels[label],
    ...[scale, offset].map((value) => value.toFixed(2)),
  ])
  print(`${markdownTable(['label', 'scale', 'offset'], rows)}\n\n`)
  for (const [split, heard] of [['valid', valid] as const, ['test', test] as const])
    print(curves(split, curveOf(heard), curveOf(heard, maps)))
}

const ofLabel = (windows: readonly Float32Array[], label: number) => windows.map((window) => window[label])

/** One for each label of the model. */
export function mapsOf({ answers, logits, unknown }: Heard): LogitMap[] {
  return answers.labels.map((_, label) =>
    fitPlatt(
      logits.flatMap((windows, i) =>
        unknown[i][label]
          ? []
          : [{ logits: ofLabel(windows, label), hasLabel: answers.clips[i].labels.includes(label) }],
      ),
    ),
  )
}

/** Of the labels that some clip has, where they are known. */
function curveOf({ answers, logits, unknown }: Heard, maps?: readonly LogitMap[]): ReliabilityBin[] {
  return reliability(
    logits.map((windows) =>
      answers.asked.map((label) => clipScore(ofLabel(windows, label), maps?.[label] ?? UNCHANGED)),
    ),
    answers.clips.map(({ labels }, i) =>
      answers.asked.map((label) => (unknown[i][label] ? NaN : Number(labels.includes(label)))),
    ),
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
