import { type FrontendDescription, filterbankOf, hasFilters } from '../../frontend/index.ts'
import { type BatchFrontend, FixedFrontend, isSampled, LearnableFrontend } from '../../gradient/index.ts'
import type { Learn } from './trainer.ts'

/**
 * The frontend of a training.
 *
 * @param samples of the longest sound of a batch
 */
export function chooseFrontend(
  description: FrontendDescription,
  samples: number,
  learn: Learn,
): BatchFrontend {
  // Four clips at once and sampled for learning, filters in time cost half of what they do in the engine.
  const isCheaper = filterbankOf(description.filterbank).domain === 'time' && isSampled(description)
  if (hasFilters(description) && (learn !== 'nothing' || isCheaper)) {
    const batched = new LearnableFrontend(description, samples, learn)
    if (batched.parameters.length > 0 || isCheaper) return batched
  }
  return new FixedFrontend(description, samples)
}
