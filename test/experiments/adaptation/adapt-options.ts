import { ADAPTATION } from '../../../src/learning/adaptation/index.ts'
import { OptionReader } from '../../../src/learning/node/index.ts'
import { COLOURS } from './beds.ts'

export const USAGE = `npm run adapt -- --data DIR --model MODEL.safetensors

  --data DIR       folder with manifest.csv (columns file, label, split) and its clips; the model's labels
  --model FILE     a model with PCEN; the file stays as it is
  --noises A,B     ${COLOURS.join(', ')}; a label, whose clips in valid are the noise and which is then left out; or
                   the path of a recording (default pink)
  --snrs 20,10     dB by which clips are louder than the noise (default 20,10,5,0)
  --seconds N      most seconds of labelled train clips heard in the room (default 50)
  --seeds 1,2,3    other clips of train for each (default 1)
  --split NAME     what is measured: test or valid (default test)
  --steps N        passes over the clips (default ${ADAPTATION.steps})
  --rate N         highest learning rate (default ${ADAPTATION.rate})
  --out DIR        where DIR/runs/DATA/NOISE-SNR-SEED.json go, adaptation.json and README.md; a run that has its
                   file, or its line in adaptation.json, is not done again (default test/results/adaptation)
  --cache DIR      where decoded clips are kept for the next time (default .cache/clips)`

export const MEASURED_SPLITS = ['test', 'valid'] as const

export interface AdaptOptions {
  readonly data: string
  readonly model: string
  readonly noises: readonly string[]
  readonly snrs: readonly number[]
  readonly seconds: number
  readonly seeds: readonly number[]
  readonly split: (typeof MEASURED_SPLITS)[number]
  readonly steps: number
  readonly rate: number
  readonly out: string
  readonly cache: string
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): AdaptOptions {
  const read = new OptionReader(USAGE)
  const values = read.parse(args, {
    data: { type: 'string' },
    model: { type: 'string' },
    noises: { type: 'string', default: 'pink' },
    snrs: { type: 'string', default: '20,10,5,0' },
    seconds: { type: 'string', default: '50' },
    seeds: { type: 'string', default: '1' },
    split: { type: 'string', default: 'test' },
    steps: { type: 'string', default: String(ADAPTATION.steps) },
    rate: { type: 'string', default: String(ADAPTATION.rate) },
    out: { type: 'string', default: 'test/results/adaptation' },
    cache: { type: 'string', default: '.cache/clips' },
  })
  return {
    data: read.given('data', values.data),
    model: read.given('model', values.model),
    noises: values.noises.split(','),
    snrs: values.snrs.split(',').map((text) => decibelsOf(read, text)),
    seconds: read.positive('seconds', values.seconds),
    seeds: values.seeds.split(',').map((seed) => read.whole('seeds', seed, 0)),
    split: read.oneOf('split', values.split, MEASURED_SPLITS),
    steps: read.whole('steps', values.steps, 1),
    rate: read.positive('rate', values.rate),
    out: values.out,
    cache: values.cache,
  }
}

function decibelsOf(read: OptionReader, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw read.error(`--snrs is ${text}.`)
  return value
}
