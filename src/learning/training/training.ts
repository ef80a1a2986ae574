import { LeafError } from '../../error.ts'
import type { BatchSource } from '../examples/index.ts'
import { type Numbers, warmUpCosine } from '../optimiser/index.ts'
import type { Trainer, TrainerState } from './trainer.ts'

export interface TrainingOptions {
  readonly steps: number
  /** Highest learning rate. */
  readonly rate: number
  /** Steps from one check on valid to the next. */
  readonly check: number
  /** Checks on valid without a better one, after which training stops. */
  readonly patience: number
}

/** The values that were best on valid. */
export interface Best {
  readonly score: number
  readonly step: number
  /** In the order of the trainer's state. */
  readonly values: readonly Numbers[]
}

/** Everything a training needs to go on as if it had not been stopped. */
export interface TrainingState {
  /** Steps done, those left out included. */
  readonly step: number
  /** Steps left out because something was not a finite number. */
  readonly leftOut: number
  readonly trainer: TrainerState
  readonly best: Best
}

/** What a training works with; all of it works in Node and in a page. */
export interface TrainingParts {
  /** Closed at the end. */
  readonly trainer: Trainer
  /** From the batch of the first step to be done on; closed at the end. */
  readonly batches: BatchSource
  /** Measures model and frontend as they are on valid; higher is better. */
  readonly score: () => number | Promise<number>
  /** Where an earlier training stopped. */
  readonly resumed?: TrainingState
  /** Called after each check on valid. */
  readonly save?: (state: TrainingState) => void
  readonly onProgress?: (progress: TrainingProgress) => void
  /** Once aborted, the step that comes or is under way is the last one, and a check follows it. */
  readonly stop?: AbortSignal
}

/** What is told after each step. */
export interface TrainingProgress {
  readonly step: number
  /** Mean loss since the last check, in nats; NaN when every step since then was left out. */
  readonly loss: number
  /** Learning rate of this step. */
  readonly rate: number
  /** Examples per second since the last check. */
  readonly speed: number
  readonly secondsLeft: number
  readonly leftOut: number
  /** Score on valid; only after a check. */
  readonly valid?: number
}

/** Steps in a row that may be left out. */
const MOST_LEFT_OUT = 10

/**
 * Trains until the steps are done, valid has not become better for long, or it is stopped. A step in which the loss or a gradient is
 * not a finite number is left out and counted: it changes nothing.
 *
 * @returns the best averages; of step 0 and without values when it was stopped before the first step
 * @throws LeafError `training` when ten steps in a row have to be left out, naming what is not finite.
 */
export async function train(parts: TrainingParts, options: TrainingOptions): Promise<Best> {
  const { trainer, batches, resumed, stop } = parts
  const { steps, rate, check, patience } = options
  if (resumed) trainer.restore(resumed.trainer)
  let best: Best = resumed?.best ?? { score: Number.NEGATIVE_INFINITY, step: 0, values: [] }
  let step = resumed?.step ?? 0
  let leftOut = resumed?.leftOut ?? 0
  let inARow = 0
  /** Step of the last check: no step is left unmeasured. */
  let checked = step
  let since: Stretch | undefined
  try {
    while (step < steps && step - best.step < patience * check && !(stop?.aborted && step === checked)) {
      const batch = await batches.take()
      // Before the first one a teacher may have had minutes of learning.
      since ??= new Stretch()
      const present = warmUpCosine(step, steps, rate)
      const { loss, culprit } = await trainer.step(batch, present)
      step++
      inARow = culprit ? inARow + 1 : 0
      if (culprit) leftOut++
      if (culprit && inARow === MOST_LEFT_OUT) throw notFinite(culprit, step)
      since.add(batch.examples.length, culprit ? undefined : loss)
      const progress = { step, ...since.progress(steps - step), rate: present, leftOut }
      if (step % check > 0 && step < steps && !stop?.aborted) {
        parts.onProgress?.(progress)
        continue
      }
      const score = await trainer.withAverages(parts.score)
      checked = step
      parts.onProgress?.({ ...progress, valid: score })
      if (best.step === 0 || score >= best.score)
        best = { score, step, values: copied(trainer.state.averages) }
      parts.save?.({ step, leftOut, trainer: trainer.state, best })
      since = new Stretch()
    }
  } finally {
    await Promise.all([batches.close(), trainer.close()])
  }
  return best
}

/** The steps since the last check. */
class Stretch {
  readonly #start = performance.now()
  #steps = 0
  #examples = 0
  #losses = 0
  #taken = 0

  add(examples: number, loss: number | undefined): void {
    this.#steps++
    this.#examples += examples
    if (loss === undefined) return
    this.#losses += loss
    this.#taken++
  }

  progress(stepsLeft: number): { loss: number; speed: number; secondsLeft: number } {
    const seconds = (performance.now() - this.#start) / 1000
    return {
      loss: this.#losses / this.#taken,
      speed: this.#examples / seconds,
      secondsLeft: (stepsLeft * seconds) / this.#steps,
    }
  }
}

const copied = (arrays: readonly Numbers[]) => arrays.map((values) => values.slice())

function notFinite(culprit: string, step: number): LeafError {
  return new LeafError(
    'training',
    `At step ${step} the ${culprit} is not a finite number, for the ${MOST_LEFT_OUT}th time in a row.`,
    'Lower the learning rate, of the frontend first.',
  )
}
