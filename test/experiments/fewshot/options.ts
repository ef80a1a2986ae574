import { OptionReader } from '../../../src/learning/node/index.ts'

export const USAGE = `npm run fewshot -- --data DIR,…

  --data DIR,…       folders with manifest.csv (columns file, label, split, group) and their clips: label sets that the
                     models were not trained on
  --model FILE,…     models that are taught (default demo/public/models/events.safetensors)
  --examples 5,20    clips of each class that are learned from, drawn from the train split (default 5,20)
  --seeds 1,2,3      other clips for each (default 1,2,3)
  --split NAME       what is measured: test or valid (default test)
  --clips N          clips of each class that are measured, at most (default 40)`

const MEASURED_SPLITS = ['test', 'valid'] as const

export interface FewshotOptions {
  readonly data: readonly string[]
  readonly models: readonly string[]
  readonly examples: readonly number[]
  readonly seeds: readonly number[]
  readonly split: (typeof MEASURED_SPLITS)[number]
  readonly clips: number
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): FewshotOptions {
  const read = new OptionReader(USAGE)
  const values = read.parse(args, {
    data: { type: 'string' },
    model: { type: 'string', default: 'demo/public/models/events.safetensors' },
    examples: { type: 'string', default: '5,20' },
    seeds: { type: 'string', default: '1,2,3' },
    split: { type: 'string', default: 'test' },
    clips: { type: 'string', default: '40' },
  })
  return {
    data: read.given('data', values.data).split(','),
    models: values.model.split(','),
    examples: values.examples.split(',').map((count) => read.whole('examples', count, 2)),
    seeds: values.seeds.split(',').map((seed) => read.whole('seeds', seed, 0)),
    split: read.oneOf('split', values.split, MEASURED_SPLITS),
    clips: read.whole('clips', values.clips, 1),
  }
}
