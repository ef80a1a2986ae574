/** Folders of the data pack; they mirror the eight tasks of the paper. */
export const TASKS = [
  'scenes',
  'birdsong',
  'emotion',
  'speaker',
  'instrument',
  'pitch',
  'keywords',
  'language',
] as const
export type Task = (typeof TASKS)[number]

/** Which an average over tasks counts: at language hardly a system is above chance, and it is told apart. */
export const AVERAGED: readonly Task[] = TASKS.filter((task) => task !== 'language')

/** Learned stacks of convolutions on samples; the first with real numbers (wav2vec), the second behind complex Gabor filters. */
export const STACKS = ['conv-stack', 'complex-gabor'] as const

/** The frontends that are compared: presets, LEAF with another start, and stacks; whatever of them can be learned is. */
export const SYSTEMS = [
  'leaf',
  'leaf-mixed',
  'leaf-both',
  'mel-log',
  'mel-pcen',
  'mel-both',
  'mel-learned',
  'time-domain',
  'sincnet',
  'sincnet-plus',
  'gammatone',
  'analytic-sinc',
  'spline',
  'short-filters',
  ...STACKS,
] as const
export type System = (typeof SYSTEMS)[number]

/** Levels as they come, turned up and down at random in training; or every clip brought to one level beforehand. */
export const CONDITIONS = ['as-heard', 'levelled'] as const
export type Condition = (typeof CONDITIONS)[number]

/** dB by which the test clips are turned up; what is under them as a noise floor is not. */
export const TEST_GAINS: Readonly<Record<Condition, readonly number[]>> = {
  'as-heard': [0, -12, -24],
  levelled: [0],
}
