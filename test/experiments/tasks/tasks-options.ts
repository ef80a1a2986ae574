import { OptionReader } from '../../../src/learning/node/index.ts'
import { CONDITIONS, SYSTEMS, TASKS } from './design/names.ts'
import { type RunChoice, runsOf } from './design/runs.ts'
import { type ChosenSettings, PCEN_LISTS, type PcenStart } from './design/settings.ts'

export const USAGE = `npm run tasks -- --data DIR

  --data DIR         folder with a folder for each task: ${TASKS.join(', ')}
  --tasks A,B        only these
  --systems A,B      only these of ${SYSTEMS.join(', ')}
  --conditions A,B   only these of ${CONDITIONS.join(', ')}
  --seeds 1,2,3      one run for each (default 1)
  --together         one frontend and one network learn all tasks at once, as heard, with a head for each
  --examples N       random crops of a second that a run learns from (default 10000, together 40000)
  --frontend-rate N  factor on the rate for the frontend, whose steps go by each parameter's own unit (default 1)
  --pcen NAME=N,…    where alpha, delta, root or smooth of PCEN start in all channels, instead of the system's own;
                     N:N:… in turn, from the lowest channel on
  --window MS        filters and pooling may reach so far, instead of 25 ms, from the same start; LEAF only
  --energy-floor N   floor under the energies of frontends that have one, instead of their own 1e-5
  --raised           every crop is brought to the official training's level, at most 30 dB louder, for every system
  --gain N           dB by which a clip is turned up or down at most in training (default 6 as heard, 0 levelled)
  --model FILE       of a single run: writes the model, with a head for each task
  --shippable        learn only from sources whose weights may be passed on: yes in the column shippable_weights of
                     DIR/SOURCES.csv
  --shard I/N        only every Nth run, from the Ith on: N processes or machines share the work
  --out DIR          where DIR/runs/CONDITION/TASK-SYSTEM-SEED.json or DIR/runs/together/all-SYSTEM-SEED.json go
                     (default test/results/tasks); a run that has its file there, or that DIR/results.json holds, is
                     not done again, and one that was stopped goes on
  --cache DIR        where decoded clips are kept for the next time (default .cache/clips)

npm run tasks -- --gather [--out DIR] [--runs DIR]

  --gather           adds single runs to DIR/results.json, and writes tables and figures of all that it then holds
  --runs DIR         where the single runs are (default: runs in the folder of --out)`

export interface TasksOptions extends RunChoice {
  readonly data: string
  readonly settings: ChosenSettings
  /** Where the model of the one run goes. */
  readonly model: string | undefined
  readonly out: string
  readonly cache: string
}

/** @throws LeafError `arguments` naming the option. */
export function parseOptions(args: readonly string[]): TasksOptions {
  const read = new OptionReader(USAGE)
  const values = read.parse(args, {
    data: { type: 'string' },
    tasks: { type: 'string', default: TASKS.join() },
    systems: { type: 'string', default: SYSTEMS.join() },
    conditions: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    together: { type: 'boolean', default: false },
    examples: { type: 'string' },
    'frontend-rate': { type: 'string', default: '1' },
    pcen: { type: 'string' },
    window: { type: 'string' },
    'energy-floor': { type: 'string' },
    raised: { type: 'boolean', default: false },
    gain: { type: 'string' },
    model: { type: 'string' },
    shippable: { type: 'boolean', default: false },
    shard: { type: 'string', default: '1/1' },
    out: { type: 'string', default: 'test/results/tasks' },
    cache: { type: 'string', default: '.cache/clips' },
  })
  const { together } = values
  const options: TasksOptions = {
    data: read.given('data', values.data),
    tasks: read.someOf('tasks', values.tasks, TASKS),
    systems: read.someOf('systems', values.systems, SYSTEMS),
    conditions: read.someOf(
      'conditions',
      values.conditions ?? (together ? 'as-heard' : CONDITIONS.join()),
      together ? ['as-heard'] : CONDITIONS,
    ),
    seeds: values.seeds.split(',').map((seed) => read.whole('seeds', seed, 0)),
    together,
    settings: {
      examples: read.whole('examples', values.examples ?? (together ? '40000' : '10000'), 1),
      frontendRate: read.positive('frontend-rate', values['frontend-rate']),
      ...(values.pcen !== undefined && { pcen: startOf(read, values.pcen) }),
      ...(values.window !== undefined && { windowMs: read.positive('window', values.window) }),
      ...(values['energy-floor'] !== undefined && {
        energyFloor: read.positive('energy-floor', values['energy-floor']),
      }),
      ...(values.raised && { raised: true as const }),
      ...(values.gain !== undefined && { gainDb: read.notNegative('gain', values.gain) }),
    },
    model: values.model,
    shippable: values.shippable,
    shard: shardOf(read, values.shard),
    out: values.out,
    cache: values.cache,
  }
  const runs = runsOf(options).length
  if (options.model !== undefined && runs !== 1) throw read.error(`--model takes one run, these are ${runs}.`)
  if (options.model !== undefined && values.raised)
    throw read.error('--model with --raised: a model hears sound as it is.')
  return options
}

function startOf(read: OptionReader, text: string): PcenStart {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, value] = part.split('=')
      if (value === undefined) throw read.error(`--pcen is ${text}.`)
      const turns = value.split(':').map((turn) => {
        const number = Number(turn)
        if (turn.trim() === '' || !Number.isFinite(number)) throw read.error(`--pcen is ${text}.`)
        return number
      })
      return [read.oneOf('pcen', name, PCEN_LISTS), turns.length === 1 ? turns[0] : turns]
    }),
  )
}

function shardOf(read: OptionReader, text: string): [number, number] {
  const [part, parts] = text.split('/').map(Number)
  if (!/^\d+\/\d+$/.test(text) || part < 1 || part > parts) throw read.error(`--shard is ${text}.`)
  return [part, parts]
}
