import { parseArgs } from 'node:util'
import { LeafError } from '../error.ts'
import { type PresetName, presetNames } from '../frontend/index.ts'

export const USAGE = `npm run train -- --data DIR --out MODEL.safetensors

  --data DIR       folder with manifest.csv (columns file, label, split) and its clips
  --out FILE       the model; until it is done, FILE.checkpoint is where --resume goes on
  --results DIR    where metrics.json and confusion.svg go (default: the folder of the model)
  --cache DIR      where decoded clips are kept for the next time (default .cache/clips)
  --name TEXT      name of the model on its card (default: the name of the data folder)
  --frontend NAME  ${presetNames.join(' or ')} (default leaf)
  --shippable      learn only from clips with yes in the column shippable
  --steps N        steps of training (default 6000)
  --batch N        examples a step (default 64)
  --rate N         highest learning rate (default 0.003)
  --check N        steps from one check on valid, and checkpoint, to the next (default 250)
  --patience N     stop after this many checks on valid without a better one (default 12)
  --seed N         another number, another model (default 1)
  --resume         go on from the checkpoint`

export interface TrainOptions {
  readonly data: string
  readonly out: string
  readonly results: string | undefined
  readonly cache: string
  readonly name: string | undefined
  readonly frontend: PresetName
  readonly shippable: boolean
  readonly steps: number
  readonly batch: number
  readonly rate: number
  readonly check: number
  readonly patience: number
  readonly seed: number
  readonly resume: boolean
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): TrainOptions {
  const values = parse(args)
  if (!values.data) throw usageError('--data is missing.')
  if (!values.out) throw usageError('--out is missing.')
  const frontend = values.frontend as PresetName
  if (!presetNames.includes(frontend)) throw usageError(`--frontend is ${values.frontend}.`)
  return {
    data: values.data,
    out: values.out,
    results: values.results,
    cache: values.cache,
    name: values.name,
    frontend,
    shippable: values.shippable,
    steps: whole('steps', values.steps, 1),
    batch: whole('batch', values.batch, 2),
    rate: positive('rate', values.rate),
    check: whole('check', values.check, 1),
    patience: whole('patience', values.patience, 1),
    seed: whole('seed', values.seed, 0),
    resume: values.resume,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        out: { type: 'string' },
        results: { type: 'string' },
        cache: { type: 'string', default: '.cache/clips' },
        name: { type: 'string' },
        frontend: { type: 'string', default: 'leaf' },
        shippable: { type: 'boolean', default: false },
        steps: { type: 'string', default: '6000' },
        batch: { type: 'string', default: '64' },
        rate: { type: 'string', default: '0.003' },
        check: { type: 'string', default: '250' },
        patience: { type: 'string', default: '12' },
        seed: { type: 'string', default: '1' },
        resume: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw usageError(`${(cause as Error).message}.`)
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw usageError(`--${name} is ${text}.`)
  return value
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) throw usageError(`--${name} is ${text}.`)
  return value
}

function usageError(sentence: string): LeafError {
  return new LeafError('arguments', sentence, `Usage: ${USAGE}`)
}
