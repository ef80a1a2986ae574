import { print } from '../../../src/files/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import {
  dataError,
  type ManifestRow,
  readLabelledClips,
  readManifest,
} from '../../../src/learning/data/index.ts'
import { accuracy, averagePrecisions, confusion, mean } from '../../../src/learning/evaluation/index.ts'
import type { FeatureExample } from '../../../src/learning/examples/index.ts'
import { denseScores } from '../../../src/learning/network/index.ts'
import { OptionReader } from '../../../src/learning/node/index.ts'
import { discriminant } from '../../../src/learning/teaching/discriminant.ts'
import { openModel } from '../../../src/model/node.ts'
import { markdownTable } from '../report/markdown.ts'
import { clipEmbeddings } from './clip-embeddings.ts'

const USAGE = `npm run linear-probe -- --data DIR --model FILE,… --sources A,B

  --data DIR       folder with manifest.csv and its clips
  --model FILE,…   models that end in a dense layer, as YAMNet imported from its file
  --sources A,B    sources that nothing is learned from and the layers are measured on`

export interface ProbeOptions {
  readonly data: string
  readonly models: readonly string[]
  readonly sources: readonly string[]
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): ProbeOptions {
  const read = new OptionReader(USAGE)
  const values = read.parse(args, {
    data: { type: 'string' },
    model: { type: 'string' },
    sources: { type: 'string' },
  })
  return {
    data: read.given('data', values.data),
    models: read.given('model', values.model).split(','),
    sources: read.given('sources', values.sources).split(','),
  }
}

/**
 * Prints how well a linear layer on each model's embedding tells the labels of a folder apart (Alain and Bengio,
 * arXiv 1610.01644), in sources left out: what the embedding knows, whatever names the model itself has. The layer is
 * Fisher's discriminant, as in teaching.
 */
export async function linearProbe({ data, models, sources }: ProbeOptions): Promise<void> {
  await prepareBackend()
  const { labels, rows } = readManifest(data)
  const apart = new Set(readLabelledClips(data, { sources }).map(({ path }) => path))
  const left = rows.filter(({ path }) => apart.has(path))
  const others = rows.filter(({ path }) => !apart.has(path))
  const table: string[][] = []
  for (const path of models) {
    const embedded = clipEmbeddings(await openModel(path), path)
    const examples = async (some: readonly ManifestRow[]) =>
      asExamples(some, await embedded(some.map(({ path }) => path)), labels.length)
    const learned = await examples(others.filter(({ split }) => split === 'train'))
    const heldOut = await examples(others.filter(({ split }) => split === 'valid'))
    const { accuracy, precision } = await probe(learned, heldOut, await examples(left))
    table.push([path, String(learned[0].features.length), accuracy.toFixed(3), precision.toFixed(3)])
  }
  const heads = ['linear layer on the embedding of', 'inputs', 'accuracy', 'mean average precision']
  print(`${left.length} clips of ${sources.join(', ')}\n\n${markdownTable(heads, table)}\n`)
}

/** Of the discriminant: thousands of examples say a covariance well. Chosen, not fitted. */
const SHRINKAGE = 0.1

/** Learns from examples, and measures on others. @param heldOut for the scale of the scores */
export async function probe(
  learned: readonly FeatureExample[],
  heldOut: readonly FeatureExample[],
  measured: readonly FeatureExample[],
): Promise<{ readonly accuracy: number; readonly precision: number }> {
  const layer = await discriminant(learned, heldOut, SHRINKAGE, async () => {})
  if (!layer) throw dataError('Embeddings are all the same, or too long.', 'Choose another model.')
  const scores = measured.map(({ features }) => denseScores(layer, features))
  const targets = measured.map(({ target }) => target)
  return {
    accuracy: accuracy(confusion(scores, targets)),
    precision: mean(averagePrecisions(scores, targets)),
  }
}

/** @param embeddings one for each row */
function asExamples(
  rows: readonly ManifestRow[],
  embeddings: readonly Float32Array[],
  labels: number,
): FeatureExample[] {
  return rows.map((row, i) => ({
    features: embeddings[i],
    firstFrame: 0,
    target: Float32Array.from({ length: labels }, (_, label) => Number(row.labels.includes(label))),
  }))
}
