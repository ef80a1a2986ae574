import type { Condition, System, Task } from './names.ts'
import type { SharedSettings, TaskSettings } from './settings.ts'

/** What one finished run of `npm run tasks` leaves, as JSON in OUT/runs/CONDITION/TASK-SYSTEM-SEED.json. */
export interface RunRecord extends TrainingRecord, TaskRecord {
  readonly settings: TaskSettings
}

/** What one finished run with `--together` leaves, as JSON in OUT/runs/together/all-SYSTEM-SEED.json. */
export interface TogetherRecord extends TrainingRecord {
  readonly type: 'together'
  readonly settings: SharedSettings
  /** Means over the tasks. */
  readonly valid: MeasureRecord
  /** In the order of their heads. */
  readonly tasks: readonly (TaskRecord & Pick<TaskSettings, 'narrowChance'>)[]
}

/** How a training went. */
export interface TrainingRecord {
  readonly system: System
  readonly seed: number
  readonly condition: Condition
  /** Only clips were learned from whose sources allow weights to be passed on. */
  readonly shippable?: true
  /** Step after which the values that were kept stood. */
  readonly bestStep: number
  /** Of several tasks the means. */
  readonly curve: readonly CurvePoint[]
  /** Steps left out because something was not a finite number. */
  readonly leftOut: number
  /** Of the whole run, decoding left out. */
  readonly seconds: number
  /** In training, checks left out. */
  readonly examplesPerSecond: number
  /** Numbers of the classifier. */
  readonly weights: number
  /** Of the frontend; empty where it has nothing to learn. */
  readonly parameters: readonly ParameterRecord[]
}

/** How well a task was learned. */
export interface TaskRecord {
  readonly task: Task
  /** Clips in train, valid and test. */
  readonly clips: { readonly train: number; readonly valid: number; readonly test: number }
  readonly labels: number
  /** 1 / labels. */
  readonly chance: number
  /** Share of the most frequent label of the test clips. */
  readonly majority: number
  /** On test, a line per gain. */
  readonly test: readonly GainRecord[]
  /** Test clips in each group (what belongs to one recording, speaker or instrument), groups by name. */
  readonly groups?: readonly number[]
  /** On valid, of the values that were kept. */
  readonly valid: MeasureRecord
}

export interface MeasureRecord {
  readonly accuracy: number
  readonly crossEntropy: number
}

export interface GainRecord extends MeasureRecord {
  /** dB by which the clips were turned up, over an unchanged noise floor. */
  readonly gainDb: number
  /**
   * Whether each test clip was answered rightly, four clips to a hexadecimal digit, the first in the highest bit; clips
   * group by group, as `groups` tells.
   */
  readonly right?: string
}

export interface CurvePoint {
  readonly step: number
  /** Mean training loss since the last point, nats. */
  readonly loss: number
  /** On valid; of runs that chose the best of several checks, as all did before `right` was recorded. */
  readonly validAccuracy?: number
  readonly validCrossEntropy?: number
}

/** Numbers of the frontend before and after, to six digits. */
export interface ParameterRecord {
  readonly part: 'filterbank' | 'pooling' | 'compression'
  /**
   * Key in the part's description; of filters that are learned tap by tap `centerHz` and `bandwidthHz`, the mean and
   * twice the standard deviation of their power over frequency.
   */
  readonly name: string
  readonly initial: readonly number[]
  readonly learned: readonly number[]
}
