import type { PcenCompression } from '../../../src/frontend/index.ts'
import {
  type AdaptationExample,
  type AdaptationOptions,
  adaptCompression,
  pcenOf,
  secondsOf,
} from '../../../src/learning/adaptation/index.ts'
import { mean } from '../../../src/learning/evaluation/index.ts'
import { type HeardSet, type Measured, measure } from './measure.ts'
import type { OpenedModel } from './open-model.ts'
import type { AdaptationRecord, Heard } from './record.ts'

/** Measures a model behind some compression in noise and in quiet. */
export function measureBoth(
  model: OpenedModel,
  compression: PcenCompression,
  { inNoise, inQuiet }: Heard<HeardSet>,
): Heard<Measured> {
  return { inNoise: measure(model, compression, inNoise), inQuiet: measure(model, compression, inQuiet) }
}

/** Adapts a model to what is heard, and measures it behind the compression that comes of it. */
export async function runAdaptation(
  model: OpenedModel,
  examples: readonly AdaptationExample[],
  sets: Heard<HeardSet>,
  options: AdaptationOptions,
): Promise<Omit<AdaptationRecord, 'conditions' | 'run' | 'before'>> {
  const losses: number[] = []
  const onStep = ({ loss }: { loss: number }) => void losses.push(loss)
  const began = performance.now()
  const compression = pcenOf(await adaptCompression(model, examples, { ...options, onStep }))
  const seconds = (performance.now() - began) / 1000
  const tenth = Math.ceil(losses.length / 10)
  return {
    clips: sets.inNoise.heard.length,
    after: measureBoth(model, compression, sets),
    learned: { clips: examples.length, seconds: secondsOf(examples, model.frontend) },
    seconds,
    loss: { first: mean(losses.slice(0, tenth)), last: mean(losses.slice(-tenth)) },
    compression: rounded(compression),
  }
}

function rounded({ alpha, delta, root, smooth }: PcenCompression): AdaptationRecord['compression'] {
  const sixDigits = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(6)))
  return {
    alpha: sixDigits(alpha),
    delta: sixDigits(delta),
    root: sixDigits(root),
    smooth: sixDigits(smooth),
  }
}
