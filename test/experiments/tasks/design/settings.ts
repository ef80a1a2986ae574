import type { Condition, Task } from './names.ts'

/** Where lists of PCEN start instead: the same number in every channel, or several, in turn over the channels. */
export type PcenStart = Readonly<Partial<Record<(typeof PCEN_LISTS)[number], number | readonly number[]>>>
export const PCEN_LISTS = ['alpha', 'delta', 'root', 'smooth'] as const

/** As the command takes it. */
export function writtenStart(start: PcenStart): string {
  return PCEN_LISTS.flatMap((name) => {
    const values = start[name]
    return values === undefined ? [] : [`${name}=${[values].flat().join(':')}`]
  }).join()
}

/** What of the settings a command chooses. */
export type ChosenSettings = Pick<
  SharedSettings,
  'examples' | 'frontendRate' | 'pcen' | 'windowMs' | 'energyFloor' | 'raised'
> &
  Partial<Pick<SharedSettings, 'gainDb'>>

/** What is the same for every system and task: the budget, the classifier's training, the augmentation. */
export interface SharedSettings {
  /** Random crops of a second to learn from. */
  readonly examples: number
  readonly batch: number
  /** Highest learning rate. */
  readonly rate: number
  /** Factor on the rate for the frontend. */
  readonly frontendRate: number
  /** Absent where PCEN starts as everywhere. */
  readonly pcen?: PcenStart
  /** Windows of filters and pooling; absent where they are the usual 25 ms. */
  readonly windowMs?: number
  /** Under the energies of frontends that have one; absent where it is their own. */
  readonly energyFloor?: number
  /** Whether every crop is brought to the official level, at most 30 dB louder, before any frontend. */
  readonly raised?: true
  readonly dropout: number
  readonly decay: number
  readonly averaging: number
  /** In training a clip is turned up or down by up to so many dB. */
  readonly gainDb: number
  /** dBFS between which the noise floor lies, in training and test. */
  readonly floorDb: readonly [number, number]
}

export interface TaskSettings extends SharedSettings {
  /** Chance that a training clip is low-passed at 4 kHz. */
  readonly narrowChance: number
}

/** Some classes of these come from 8-kHz sources. */
const NARROW_TASKS: readonly Task[] = ['keywords', 'language']

export function sharedSettings(condition: Condition, chosen: ChosenSettings): SharedSettings {
  return {
    gainDb: usualGain(condition),
    ...chosen,
    batch: 32,
    rate: 0.003,
    dropout: 0,
    decay: 0.02,
    averaging: 0.998,
    floorDb: [-80, -60],
  }
}

/** dB by which training turns a clip up or down at most, where nothing else is chosen. */
export function usualGain(condition: Condition): number {
  return condition === 'as-heard' ? 6 : 0
}

/** Of a run of one task. */
export function settingsOf(task: Task, settings: SharedSettings): TaskSettings {
  return { ...settings, narrowChance: narrowChanceOf(task) }
}

export function narrowChanceOf(task: Task): number {
  return NARROW_TASKS.includes(task) ? 0.5 : 0
}
