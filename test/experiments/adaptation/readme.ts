import { mean } from '../../../src/learning/evaluation/index.ts'
import { markdownTable, percent } from '../report/markdown.ts'
import type { Measured } from './measure.ts'
import type { AdaptationRow } from './record.ts'

const HEADINGS = [
  'noise',
  'SNR, dB',
  'accuracy, %',
  'UAR, %',
  'mAP, %',
  'accuracy in quiet, %',
  'adapted in, s',
  'sound heard, s',
  'seeds',
]

/** README.md: a table per data set, a line per room; only what is computed from the runs. */
export function readme(sets: readonly (readonly AdaptationRow[])[]): string {
  return [
    '# Adapting PCEN to a noisy room',
    '',
    'Noise is added to every clip: as the model is → with PCEN adapted on labelled train clips heard in the same noise at',
    'another time. Filters, classifier and the statistics of its batch normalisation stay as they are. With several seeds',
    'the mean is given, and the lowest to the highest.',
    '',
    ...sets.flatMap(section),
    'SNR is that of the loudest quarter of a second of a clip, root mean square; under clips of the label `silence` the',
    'noise has its median level. A noise with the name of a label is the clips which that label has in valid; the label',
    'is then left out: of adapting, of the clips measured and of the answers. Accuracy and UAR (unweighted average',
    'recall) take the highest score, of clips with one label; mAP is the mean over labels of the average precision. "In',
    'quiet" are the same clips without the noise, with the PCEN that was adapted to it. Time is wall clock, from the sounds',
    'to the adapted frontend.',
    '',
    'Made with `npm run adapt`; all numbers are in [adaptation.json](adaptation.json); the adapted PCEN is in the JSON that each run leaves.',
    '',
  ].join('\n')
}

function section(records: readonly AdaptationRow[]): string[] {
  const { data, model, split, seconds, steps, rate } = records[0].conditions
  // Fewer where a label is left out.
  const most = Math.max(...records.map(({ clips }) => clips))
  return [
    `## ${data}`,
    '',
    [
      `\`${model.file}\` (${model.fingerprint.slice(0, 8)}) on up to ${most} clips of the ${split} split;`,
      `${steps} passes over at most ${seconds} seconds of sound, learning rate ${rate}.`,
    ].join(' '),
    '',
    markdownTable(HEADINGS, roomsOf(records).map(cellsOf)),
    '',
  ]
}

function cellsOf(records: readonly AdaptationRow[]): string[] {
  const [{ run, before }] = records
  const change = (where: 'inNoise' | 'inQuiet', name: keyof Measured) => {
    const after = records.map((record) => record.after[where][name])
    return `${percent(before[where][name])} → ${spread(after, percent)}`
  }
  return [
    run.leftOut === null ? run.noise : `${run.noise} (left out)`,
    String(run.snr),
    change('inNoise', 'accuracy'),
    change('inNoise', 'uar'),
    change('inNoise', 'meanAveragePrecision'),
    change('inQuiet', 'accuracy'),
    spread(
      records.map(({ seconds }) => seconds),
      (value) => value.toFixed(1),
    ),
    mean(records.map(({ learned }) => learned.seconds)).toFixed(0),
    records.map(({ run }) => run.seed).join(', '),
  ]
}

function spread(values: readonly number[], written: (value: number) => string): string {
  const ends = `${written(Math.min(...values))} to ${written(Math.max(...values))}`
  return values.length === 1 ? written(values[0]) : `${written(mean(values))} (${ends})`
}

/** Records of one noise and SNR side by side, in their order. */
function roomsOf(records: readonly AdaptationRow[]): AdaptationRow[][] {
  const rooms = new Map<string, AdaptationRow[]>()
  for (const record of records) {
    const { noise, snr } = record.run
    const name = `${noise} ${snr}`
    rooms.set(name, [...(rooms.get(name) ?? []), record])
  }
  return [...rooms.values()]
}
