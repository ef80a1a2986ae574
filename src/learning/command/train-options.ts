import { STARTS, type StartName } from '../../frontend/index.ts'
import { FILTERS } from '../network/index.ts'
import { OptionReader } from '../node/index.ts'
import { LEARN, type Learn } from '../training/index.ts'

export const USAGE = `npm run train -- --data DIR --out MODEL.safetensors

  --data DIR       folder with manifest.csv (columns file, label, split) and its clips
  --out FILE       the model; until it is done, FILE.checkpoint is where --resume goes on
  --results DIR    where metrics.json and confusion.svg go (default: the folder of the model)
  --cache DIR      where decoded clips are kept for the next time (default .cache/clips)
  --name TEXT      name of the model on its card (default: the name of the data folder)
  --from FILE      a model of the same labels to begin from, frontend and weights, in place of --frontend and
                   --sample-rate
  --frontend NAME  ${STARTS.join(', ')} (default leaf);
                   or a model file (.safetensors), whose frontend is taken, with its sample rate
  --sample-rate HZ  of the frontend, to which clips are resampled: that of signals that are no sound (default 16000)
  --energy-floor N  floor under the energies of a frontend that has one, instead of its own 1e-5
  --learn WHAT     of the frontend, along with the classifier: all, compression or nothing (default nothing)
  --teacher FILE   model that learns the labels first, and whose scores of every example are then learned beside them and
                   its own labels: as YAMNet imported from its file
  --teacher-examples N  examples that the teacher hears; after the last of them they come again (default 64000). Each
                   takes 2 kB of memory by YAMNet's labels, 15 more by 40 channels of a frontend that does not learn
  --student FILE   where a second model goes: the same network with the teacher's labels, as learned from its scores
  --backgrounds DIR  folder with manifest.csv (column file) of unlabelled recordings: heard alone and under clips, named
                   by the teacher
  --leave-out A,B  sources, by the column source, that nothing is learned from and the model is measured on
  --shippable      learn only from clips with yes in the column shippable
  --filters A,B,…  filters of the classifier's convolutions (default ${FILTERS})
  --steps N        steps of training (default 6000)
  --batch N        examples a step (default 64)
  --rate N         highest learning rate (default 0.003)
  --frontend-rate N  factor on the rate for the frontend, whose steps go by each parameter's own unit (default 1)
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
  /** Path of a model file to begin from. */
  readonly from: string | undefined
  readonly frontend: StartName
  /** Path of a model file whose frontend it is instead. */
  readonly frontendFile: string | undefined
  /** Hz */
  readonly sampleRate: number
  /** Left out: the frontend's own. */
  readonly energyFloor: number | undefined
  readonly learn: Learn
  /** Path of a model file. */
  readonly teacher: string | undefined
  readonly teacherExamples: number
  /** Where the model with the teacher's labels goes. */
  readonly student: string | undefined
  readonly backgrounds: string | undefined
  readonly leaveOut: readonly string[]
  readonly shippable: boolean
  readonly filters: readonly number[]
  readonly steps: number
  readonly batch: number
  readonly rate: number
  readonly frontendRate: number
  readonly check: number
  readonly patience: number
  readonly seed: number
  readonly resume: boolean
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): TrainOptions {
  const read = new OptionReader(USAGE)
  const values = read.parse(args, {
    data: { type: 'string' },
    out: { type: 'string' },
    results: { type: 'string' },
    cache: { type: 'string', default: '.cache/clips' },
    name: { type: 'string' },
    from: { type: 'string' },
    frontend: { type: 'string' },
    'sample-rate': { type: 'string' },
    'energy-floor': { type: 'string' },
    learn: { type: 'string', default: 'nothing' },
    teacher: { type: 'string' },
    'teacher-examples': { type: 'string', default: '64000' },
    student: { type: 'string' },
    backgrounds: { type: 'string' },
    'leave-out': { type: 'string', default: '' },
    shippable: { type: 'boolean', default: false },
    filters: { type: 'string', default: String(FILTERS) },
    steps: { type: 'string', default: '6000' },
    batch: { type: 'string', default: '64' },
    rate: { type: 'string', default: '0.003' },
    'frontend-rate': { type: 'string', default: '1' },
    check: { type: 'string', default: '250' },
    patience: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    resume: { type: 'boolean', default: false },
  })
  if (values.backgrounds !== undefined && values.teacher === undefined)
    throw read.error('--backgrounds needs --teacher, who names what is heard in them.')
  if (values.student !== undefined && values.teacher === undefined)
    throw read.error('--student needs --teacher, whose labels it learns.')
  const frontendFile = values.frontend?.endsWith('.safetensors') ? values.frontend : undefined
  const file = values.from === undefined ? frontendFile : values.from
  if (values.from !== undefined && values.frontend !== undefined)
    throw read.error('--frontend and --from both say where the frontend comes from.')
  if (file !== undefined && values['sample-rate'] !== undefined)
    throw read.error(`--sample-rate is given, and ${file} has its own.`)
  return {
    data: read.given('data', values.data),
    out: read.given('out', values.out),
    results: values.results,
    cache: values.cache,
    name: values.name,
    from: values.from,
    frontend: frontendFile ? 'leaf' : read.oneOf('frontend', values.frontend ?? 'leaf', STARTS),
    frontendFile,
    sampleRate: read.whole('sample-rate', values['sample-rate'] ?? '16000', 1),
    energyFloor:
      values['energy-floor'] === undefined
        ? undefined
        : read.positive('energy-floor', values['energy-floor']),
    learn: read.oneOf('learn', values.learn, LEARN),
    teacher: values.teacher,
    teacherExamples: read.whole('teacher-examples', values['teacher-examples'], 1),
    student: values.student,
    backgrounds: values.backgrounds,
    leaveOut: values['leave-out'].split(',').filter((source) => source !== ''),
    shippable: values.shippable,
    filters: values.filters.split(',').map((filters) => read.whole('filters', filters, 1)),
    steps: read.whole('steps', values.steps, 1),
    batch: read.whole('batch', values.batch, 2),
    rate: read.positive('rate', values.rate),
    frontendRate: read.positive('frontend-rate', values['frontend-rate']),
    check: read.whole('check', values.check, 1),
    patience: read.whole('patience', values.patience, 1),
    seed: read.whole('seed', values.seed, 0),
    resume: values.resume,
  }
}
