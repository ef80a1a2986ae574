import * as v from 'valibot'
import { CONDITIONS, SYSTEMS, TASKS } from '../design/names.ts'
import type { RunRecord, TogetherRecord } from '../design/run-record.ts'
import { type ChosenSettings, PCEN_LISTS } from '../design/settings.ts'

/** A run as it was recorded; of its settings only those that a command chooses are understood, the rest is passed on. */
export interface GatheredRun extends Omit<RunRecord, 'settings'> {
  readonly settings: ChosenSettings
}

/** The same of a run of all tasks at once. */
export interface GatheredTogether extends Omit<TogetherRecord, 'settings'> {
  readonly settings: ChosenSettings
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const some = v.pipe(count, v.minValue(1))
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const finite = v.pipe(v.number(), v.finite())
const positive = v.pipe(finite, v.minValue(0))

const measure = { accuracy: share, crossEntropy: positive }

const settings = v.looseObject({
  examples: some,
  frontendRate: positive,
  pcen: v.optional(
    v.partial(v.strictObject(v.entriesFromList(PCEN_LISTS, v.union([finite, v.array(finite)])))),
  ),
  windowMs: v.optional(positive),
  energyFloor: v.optional(positive),
  raised: v.optional(v.literal(true)),
  gainDb: positive,
})

const task = {
  task: v.picklist(TASKS),
  clips: v.object({ train: some, valid: some, test: some }),
  labels: some,
  chance: share,
  majority: share,
  test: v.pipe(
    v.array(
      v.object({ gainDb: finite, ...measure, right: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]*$/))) }),
    ),
    v.minLength(1),
    v.check(
      (lines) => new Set(lines.map(({ gainDb }) => gainDb)).size === lines.length,
      'a gain is there twice',
    ),
  ),
  groups: v.optional(v.array(some)),
  valid: v.object(measure),
}

const UNEQUAL = 'right and groups do not tell of each test clip once'

function areAnswersWhole({ clips, test, groups }: Pick<GatheredRun, 'clips' | 'test' | 'groups'>): boolean {
  const inGroups = groups?.reduce((sum, size) => sum + size, 0)
  return test.every(
    ({ right }) =>
      right === undefined || (inGroups === clips.test && right.length === Math.ceil(clips.test / 4)),
  )
}

const training = {
  system: v.picklist(SYSTEMS),
  seed: count,
  condition: v.picklist(CONDITIONS),
  shippable: v.optional(v.literal(true)),
  settings,
  bestStep: count,
  curve: v.array(
    v.object({
      step: count,
      loss: finite,
      validAccuracy: v.optional(share),
      validCrossEntropy: v.optional(positive),
    }),
  ),
  leftOut: count,
  seconds: positive,
  examplesPerSecond: positive,
  weights: count,
  parameters: v.array(
    v.pipe(
      v.object({
        part: v.picklist(['filterbank', 'pooling', 'compression']),
        name: v.string(),
        initial: v.array(finite),
        learned: v.array(finite),
      }),
      v.check(
        ({ initial, learned }) => initial.length === learned.length,
        'initial and learned differ in length',
      ),
    ),
  ),
}

/** One file of RUNS/CONDITION. */
export const runSchema: v.GenericSchema<unknown, GatheredRun> = v.pipe(
  v.object({ ...training, ...task }),
  v.check((record) => areAnswersWhole(record), UNEQUAL),
)

/** One file of RUNS/together. */
export const togetherSchema: v.GenericSchema<unknown, GatheredTogether> = v.object({
  type: v.literal('together'),
  ...training,
  valid: v.object(measure),
  tasks: v.pipe(
    v.array(
      v.pipe(
        v.object({ ...task, narrowChance: share }),
        v.check((record) => areAnswersWhole(record), UNEQUAL),
      ),
    ),
    v.minLength(1),
  ),
})
