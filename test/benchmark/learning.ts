import { type PresetName, preset } from '../../src/frontend/index.ts'
import { LearnableFrontend } from '../../src/gradient/index.ts'
import { seeded } from '../engine/signals.ts'
import { filteredNames } from '../frontend/filtered.ts'

const BATCH = 16
const SAMPLES = 16000

/** Cost of a training step of a frontend, for each second of audio, one thread. */
export interface LearningCost {
  readonly name: PresetName
  /** Median of forward and backward with the step after them and what has to be rebuilt for the next. */
  readonly median_ms_per_second: number
  /** Mean of the same: strides are chosen anew every few steps. */
  readonly mean_ms_per_second: number
}

/** Steps of every frontend that learns, batches of 16 clips of a second, turn by turn. */
export function learningCosts(rounds: number): LearningCost[] {
  const random = seeded(9)
  const sounds = Array.from({ length: BATCH }, () =>
    Float32Array.from({ length: SAMPLES }, (_, t) => Math.sin(t / 3000) * (random() - 0.5)),
  )
  const contenders = filteredNames
    .map((name) => ({ name, frontend: new LearnableFrontend(preset(name), SAMPLES), times: [] as number[] }))
    .filter(({ frontend }) => frontend.parameters.length > 0)
  for (let round = 0; round < rounds + 3; round++) {
    for (const { frontend, times } of contenders) {
      const gradient = Float32Array.from(
        { length: BATCH * frontend.frames * frontend.channels },
        () => random() - 0.5,
      )
      const start = performance.now()
      step(frontend, sounds, gradient)
      if (round >= 3) times.push((performance.now() - start) / ((BATCH * SAMPLES) / 16000))
    }
  }
  return contenders.map(({ name, times }) => ({
    name,
    mean_ms_per_second: rounded(times.reduce((sum, time) => sum + time, 0) / times.length),
    median_ms_per_second: rounded(times.sort((a, b) => a - b)[times.length >> 1]),
  }))
}

function step(frontend: LearnableFrontend, sounds: readonly Float32Array[], gradient: Float32Array): void {
  frontend.forward(sounds)
  const gradients = frontend.backward(gradient)
  frontend.parameters.forEach(({ values, steps }, p) => {
    for (let i = 0; i < values.length; i++) values[i] -= 1e-3 * steps[i] * Math.sign(gradients[p][i])
  })
  frontend.update()
}

const rounded = (value: number) => Number(value.toFixed(3))
