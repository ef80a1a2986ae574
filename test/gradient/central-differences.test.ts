import { describe, expect, test } from 'vitest'
import { type FrontendDescription, parseFrontend, preset, reference } from '../../src/frontend/index.ts'
import { LearnableFrontend } from '../../src/gradient/index.ts'
import { seeded } from '../engine/signals.ts'

/** Of the largest entry of each parameter. */
const TOLERANCE = 1e-3
const SAMPLES = 2000

/** Few channels and short windows at 8 kHz, so that every single tap or weight can be moved twice through the reference. */
function small(name: Parameters<typeof preset>[0], channels: number, windowMs: number): FrontendDescription {
  const full = preset(name, { channels, sampleRate: 8000 })
  const windowLength = 8 * windowMs + 1
  const { filterbank, pooling } = full
  if (filterbank.kind === 'free-mel') return parseFrontend({ ...full, windowMs, hopMs: windowMs })
  if (filterbank.kind !== 'free' || pooling.kind !== 'taps') return full
  const middle = (row: readonly number[]) => row.slice(100 - 4 * windowMs, 101 + 4 * windowMs)
  return parseFrontend({
    ...full,
    windowMs,
    hopMs: windowMs / 2,
    filterbank: {
      ...filterbank,
      real: filterbank.real.map(middle),
      imaginary: filterbank.imaginary.map(middle),
    },
    pooling: {
      kind: 'taps',
      taps: Array.from({ length: windowLength }, (_, k) =>
        Math.sin((Math.PI * (k + 1)) / (windowLength + 1)),
      ),
    },
  })
}

const frontends: Record<string, FrontendDescription> = {
  leaf: small('leaf', 5, 25),
  'leaf with a bias': withBias(small('leaf', 5, 25)),
  'mel-pcen': small('mel-pcen', 5, 25),
  'mel-learned': small('mel-learned', 2, 8),
  'time-domain': small('time-domain', 2, 8),
  sincnet: small('sincnet', 5, 25),
  'sincnet-plus': small('sincnet-plus', 5, 25),
  gammatone: small('gammatone', 5, 25),
  'analytic-sinc': small('analytic-sinc', 5, 25),
  spline: small('spline', 5, 25),
  'short-filters': small('short-filters', 3, 25),
}

function withBias(frontend: FrontendDescription): FrontendDescription {
  return parseFrontend({ ...frontend, pooling: { ...frontend.pooling, bias: [1, 0.1, 0, 0.5, 2] } })
}

/** A tone that begins and ends over noise, then hardly anything: onsets, decays, every channel, and the energy floor. */
const random = seeded(21)
const sound = Float32Array.from({ length: SAMPLES }, (_, i) => {
  const tone = i > 500 && i < 1400 ? 0.4 * Math.sin(0.9 * i) + 0.2 * Math.sin(0.2 * i) : 0
  return tone + (i < 1500 ? 0.1 : 1e-4) * (random() * 2 - 1)
})

/** A frontend with every parameter moved a little away from where it starts, so that nothing is special. */
function moved(frontend: FrontendDescription): LearnableFrontend {
  const learnable = new LearnableFrontend(frontend, SAMPLES)
  for (const { values, steps } of learnable.parameters) {
    values.forEach((_, i) => (values[i] -= 0.1 * random() * steps[i]))
  }
  learnable.update()
  return learnable
}

describe.each(Object.entries(frontends))('%s', (_, frontend) => {
  const learnable = moved(frontend)
  const features = learnable.forward([sound])
  const outer = features.map(() => random() * 2 - 1)
  const gradients = learnable.backward(outer)

  test.each(learnable.parameters.map(({ name }, p) => [name, p] as const))(
    '∂L/∂%s equals central differences of the reference',
    (_, p) => {
      const { values, steps } = learnable.parameters[p]
      const lossAt = (i: number, value: number) => {
        const before = values[i]
        values[i] = value
        learnable.update()
        const { values: outputs } = reference(learnable.describe(), sound)
        values[i] = before
        return outputs.reduce((sum, output, k) => sum + output * outer[k], 0)
      }
      const differences = Array.from(values, (value, i) => {
        const step = 1e-5 * steps[i]
        return (lossAt(i, value + step) - lossAt(i, value - step)) / (2 * step)
      })
      learnable.update()
      const largest = Math.max(...differences.map(Math.abs))
      const errors = differences.map((expected, i) => Math.abs(gradients[p][i] - expected) / largest)
      expect(Math.max(...errors)).toBeLessThan(TOLERANCE)
    },
  )
})
