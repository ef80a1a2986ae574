import type { FrontendDescription } from '../../frontend/index.ts'
import { type BatchFrontend, FixedFrontend, LearnableFrontend } from '../../gradient/index.ts'
import type { Learn } from './trainer.ts'

/** The frontend of a training. @param samples of the longest sound of a batch */
export function chooseFrontend(
  description: FrontendDescription,
  samples: number,
  learn: Learn,
): BatchFrontend {
  if (learn !== 'nothing') {
    const learnable = new LearnableFrontend(description, samples, learn)
    if (learnable.parameters.length > 0) return learnable
  }
  return new FixedFrontend(description, samples)
}
