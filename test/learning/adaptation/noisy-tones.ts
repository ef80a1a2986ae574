import type { Sequential } from '@tensorflow/tfjs-layers'
import { preset } from '../../../src/frontend/index.ts'
import { FixedFrontend } from '../../../src/gradient/index.ts'
import type { AdaptableModel } from '../../../src/learning/adaptation/adapt-compression.ts'
import type { AdaptationExample } from '../../../src/learning/adaptation/adaptation-example.ts'
import { makeBatch } from '../../../src/learning/examples/batch-maker.ts'
import { exportModel } from '../../../src/learning/network/export.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { Trainer } from '../../../src/learning/training/trainer.ts'
import type { Head } from '../../../src/model/index.ts'
import { TONES, tone } from '../tone-folder.ts'

export const SIZES = { windowFrames: 32, channels: 16, labels: 2, seed: 1 }
export const FRONTEND = preset('leaf', { channels: SIZES.channels })

const SAMPLES = SIZES.windowFrames * 160
const STEPS = 30

/** A tone over some white noise, and which of the two it is. */
function example(index: number, length: number, noise: number): AdaptationExample {
  const random = new Random(index)
  const place = random.below(2)
  const clean = tone(Object.values(TONES)[place], length, index)
  return {
    sound: clean.map((sample) => sample + noise * random.normal()),
    target: Float32Array.from([1 - place, place]),
  }
}

interface TonesModel extends AdaptableModel {
  readonly classifier: Sequential
}

/** One head of both tones. */
export const HEADS: readonly Head[] = [{ name: 'tones', labels: SIZES.labels }]

/** A classifier that has learned the tones in little noise: a sigmoid per label, or a softmax. */
export async function trainedModel(isSoftmax = false): Promise<TonesModel> {
  const classifier = createNetwork({ ...SIZES, activation: isSoftmax ? 'linear' : 'sigmoid' })
  const trainer = new Trainer(new FixedFrontend(FRONTEND, SAMPLES), classifier, {
    ...{ seed: 1, dropout: 0, decay: 0.02, emaDecay: 0.9, learn: 'nothing', frontendRate: 1 },
    heads: isSoftmax ? [SIZES.labels] : undefined,
  })
  const source = {
    make: (index: number) => ({ ...example(1000 + index, SAMPLES, 0.02 * (index % 3)), firstFrame: 0 }),
  }
  for (let step = 0; step < STEPS; step++) await trainer.step(makeBatch(source, step, 8), 0.01)
  return { frontend: FRONTEND, classifier, isSoftmax }
}

/** Half a second to one each, in much noise: seven seconds. */
export const EXAMPLES = Array.from({ length: 9 }, (_, i) => example(i, 8000 + 1000 * i, 0.3))

/** As a model file; its labels are not in the order of a tone folder. */
export function modelFile(
  { frontend, classifier }: Pick<TonesModel, 'frontend' | 'classifier'>,
  heads?: readonly Head[],
): Uint8Array {
  const labels = ['neither', 'both', ...Object.keys(TONES)].slice(-classifier.outputs[0].shape[1]!)
  return exportModel(classifier, {
    ...{ frontend, labels, heads, windowFrames: SIZES.windowFrames, hopFrames: 16 },
    thresholds: labels.map(() => 0.5),
    probes: [new Float32Array(SIZES.windowFrames * SIZES.channels).fill(1)],
    card: { name: 'tones', description: '', data: [], licences: [], credits: [], metrics: {} },
  })
}
