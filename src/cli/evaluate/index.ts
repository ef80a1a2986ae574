import { OutputFile, print } from '../../files/index.ts'
import { loadClassifier } from '../../inference/node.ts'
import {
  audiosetMap,
  dataError,
  everyName,
  type LabelMap,
  readLabelledClips,
  readLabelMap,
} from '../../learning/data/index.ts'
import { ProgressBar } from '../../learning/node/index.ts'
import { selectHeads, withLabelFigures, writeModel } from '../../model/index.ts'
import { openModel } from '../../model/node.ts'
import type { EvaluateCommand } from '../command-line.ts'
import { type Answers, answersOf, merged } from './answers.ts'
import { ClipScores } from './clip-scores.ts'
import { figuresOf } from './figures.ts'
import { reportOf } from './report.ts'

/** Labels that are told one by one where the model has not got them. */
const NAMED = 20

/** Prints how well a model names the clips of a folder. */
export async function evaluateFolder(command: EvaluateCommand): Promise<void> {
  const { folder, model: path, heads, map, split, sources, json, out } = command
  const whole = await openModel(path)
  const model = selectHeads(whole, heads)
  const clips = readLabelledClips(folder, { split, sources })
  const output =
    out === undefined
      ? null
      : OutputFile.at(out, [...(path ? [path] : []), ...clips.map((clip) => clip.path)])
  const answers = answersOf(model.labels, clips, mapOf(map))
  tellLeftOut(answers, folder)
  const classifier = await loadClassifier(model)
  const clipScores = new ClipScores(model, classifier)
  const bar = new ProgressBar('scoring clips', answers.clips.length)
  const scores: Float32Array[] = []
  const margins: Float32Array[] = []
  try {
    for (const clip of answers.clips) {
      const own = await clipScores.of(clip.path)
      scores.push(merged(own, answers.places))
      margins.push(
        merged(
          own.map((score, i) => score - model.decoding.labels[i].on),
          answers.places,
        ),
      )
      bar.advance()
    }
  } finally {
    bar.stop()
    classifier.dispose()
  }
  const figures = figuresOf(answers, scores, margins)
  const result = { model: model.card.name, folder, ...figures, leftOut: answers.leftOut }
  if (output) {
    const card = withLabelFigures(whole.card, whole.labels, figures.perLabel)
    output.write(writeModel({ ...whole, card }))
    output.finish()
  }
  print(json ? `${JSON.stringify(result, null, 2)}\n` : reportOf(figures))
}

function mapOf(map: string | undefined): LabelMap {
  if (map === undefined) return everyName
  return map === 'audioset' ? audiosetMap : readLabelMap(map)
}

function tellLeftOut({ clips, leftOut, labels }: Answers, folder: string): void {
  if (clips.length === 0)
    throw dataError(
      `No clip in ${folder} has a label that the model has (${leftOut[0].label}; the model: ${labels.slice(0, 3).join(', ')}, …).`,
      'Give a map of labels by --map, or another model.',
    )
  if (leftOut.length > 0) {
    const named = leftOut.slice(0, NAMED).map(({ label, clips: count }) => `${label} (${count} clips)`)
    const more = leftOut.length - named.length
    if (more > 0) named.push(`${more} other labels`)
    process.stderr.write(`The model has no ${named.join(', ')}: left out.\n`)
  }
}
