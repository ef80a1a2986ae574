import { LeafError } from '../../../../src/error.ts'
import type { ParameterRecord } from '../design/run-record.ts'
import type { GatheredRun } from './record-schema.ts'

export type Part = ParameterRecord['part']

/** Before and after learning, a value per channel. */
export interface LearnedValues {
  readonly initial: readonly number[]
  readonly learned: readonly number[]
}

export function hasLearned({ parameters }: GatheredRun, part: Part): boolean {
  return parameters.some((parameter) => parameter.part === part)
}

/** @throws LeafError `data-folder` naming the run and what it has not recorded. */
export function learnedValues(run: GatheredRun, part: Part, name: string): LearnedValues {
  const found = run.parameters.find((parameter) => parameter.part === part && parameter.name === name)
  if (found) return found
  const { condition, task, system, seed } = run
  throw new LeafError(
    'data-folder',
    `The run ${condition}/${task}-${system}-${seed} has not recorded ${part}.${name}.`,
    'Delete its file and do it again.',
  )
}
