import { nameKey } from '../../../src/events/index.ts'
import { print } from '../../../src/files/index.ts'
import { readLabelledClips } from '../../../src/learning/data/index.ts'
import { averagePrecisions, mean } from '../../../src/learning/evaluation/index.ts'
import { OptionReader } from '../../../src/learning/node/index.ts'
import { openModel } from '../../../src/model/node.ts'
import { windowsOf } from '../clip-windows.ts'
import { markdownTable } from '../report/markdown.ts'

const USAGE = `npm run agreement -- --data DIR --teacher FILE --model FILE,…

  --data DIR       folder with manifest.csv and its clips; what they are labelled does not matter
  --teacher FILE   model whose decisions count as right, as YAMNet imported from its file
  --model FILE,…   models with labels of the same names
  --sources A,B    clips of these sources alone, as those left out of a training`

export interface AgreementOptions {
  readonly data: string
  readonly teacher: string
  readonly models: readonly string[]
  readonly sources: readonly string[] | undefined
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): AgreementOptions {
  const read = new OptionReader(USAGE)
  const values = read.parse(args, {
    data: { type: 'string' },
    teacher: { type: 'string' },
    model: { type: 'string' },
    sources: { type: 'string' },
  })
  return {
    data: read.given('data', values.data),
    teacher: read.given('teacher', values.teacher),
    models: read.given('model', values.model).split(','),
    sources: values.sources?.split(','),
  }
}

/** Mean score of a clip's windows at which the teacher decides that a label is heard. */
const DECIDES = 0.5
/** Clips in which a label has to be heard for its average precision to mean something. */
const LEAST = 5

/** Prints each model's mean average precision against the teacher's decisions, over labels heard in five clips or more. */
export async function measureAgreement({ data, teacher, models, sources }: AgreementOptions): Promise<void> {
  const paths = readLabelledClips(data, { sources }).map(({ path }) => path)
  const scoresOf = async (path: string) => {
    const model = await openModel(path)
    const windows = await windowsOf(model, paths, path)
    const scores = windows.map((some) => model.labels.map((_, n) => mean(some.map((window) => window[n]))))
    return { labels: model.labels.map(nameKey), scores }
  }
  const right = await scoresOf(teacher)
  const rows: string[][] = []
  for (const path of models) {
    const own = await scoresOf(path)
    const agreement = agreementOf(right, own)
    rows.push([path, String(agreement.labels), agreement.precision.toFixed(3), agreement.chance.toFixed(3)])
  }
  const heads = ['model', 'labels', 'mean average precision', 'of answers at random']
  print(`${paths.length} clips\n\n${markdownTable(heads, rows)}\n`)
}

interface NamedScores {
  readonly labels: readonly string[]
  /** Per clip, one for each label. */
  readonly scores: readonly (readonly number[])[]
}

/** Over labels that both have and the teacher hears often enough. */
export function agreementOf(
  teacher: NamedScores,
  student: NamedScores,
): { labels: number; precision: number; chance: number } {
  const count = (n: number) => teacher.scores.filter((scores) => scores[n] >= DECIDES).length
  const pairs = teacher.labels.flatMap((label, n) => {
    const place = student.labels.indexOf(label)
    return place >= 0 && count(n) >= LEAST ? [[n, place] as const] : []
  })
  const targets = teacher.scores.map((scores) => pairs.map(([n]) => Number(scores[n] >= DECIDES)))
  const answers = student.scores.map((scores) => pairs.map(([, place]) => scores[place]))
  return {
    labels: pairs.length,
    precision: mean(averagePrecisions(answers, targets)),
    chance: mean(pairs.map(([n]) => count(n) / teacher.scores.length)),
  }
}
