import type { Model } from '../../../src/model/index.ts'

/** The features of frame i, loud in every other second. */
export function frame(i: number): number[] {
  const loudness = Math.floor(i / 100) % 2 === 0 ? 2 : 0.1
  return [0, 1, 2, 3].map((channel) => loudness * Math.sin(i * 0.7 + channel))
}

/** Makes the stored scores of the probe wrong, or the weights such that no backend can be right. */
export function spoil(model: Model, what: 'probe' | 'weights'): void {
  if (what === 'probe') model.probe.output[0] += 0.01
  else model.classifier.weights[0].values.fill(3e38)
}
