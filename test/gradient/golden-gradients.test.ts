import { expect, test } from 'vitest'
import { parseFrontend } from '../../src/frontend/index.ts'
import { LearnableFrontend } from '../../src/gradient/index.ts'
import { wholeGradients } from '../frontend/whole-gradient.ts'
import official from '../golden/official.json' with { type: 'json' }
import { goldenSignal } from '../golden/signal.ts'

/** Of each parameter's largest entry. */
const TOLERANCE = 1e-3
/** Outputs of sinc filters are off by as much in float32: enough to pass the rectifier's kink now and then. */
const ROUNDING = 2e-6

/** The loss of the golden file, as the weight of each feature in it. */
const weight = (frame: number, channel: number) => Math.cos(0.37 * frame + 0.11 * channel * channel)

function gradientsOf(frontend: LearnableFrontend, signal: Float64Array): Record<string, Float64Array> {
  const features = frontend.forward([Float32Array.from(signal)])
  const outer = features.map((_, i) => weight(Math.floor(i / frontend.channels), i % frontend.channels))
  const gradients = frontend.backward(outer)
  return Object.fromEntries(frontend.parameters.map(({ name }, i) => [name, gradients[i]]))
}

const names = ['leaf-initial', 'leaf-random', 'sincnet-random'] as const

test.each(names)('%s through the kernel has the gradients of the official TensorFlow code', (name) => {
  const { description, samples, gradients } = official.cases[name]
  const actual = gradientsOf(
    new LearnableFrontend(parseFrontend(description), samples),
    goldenSignal(samples),
  )
  for (const [parameter, expected] of Object.entries(gradients)) {
    const largest = Math.max(...expected.map(Math.abs))
    const errors = expected.map((value, i) => Math.abs(value - actual[parameter][i]) / largest)
    expect(Math.max(...errors), parameter).toBeLessThan(TOLERANCE)
  }
})

const kinked = ['sincnet-initial', 'sincnet-plus-initial', 'sincnet-plus-random'] as const

test.each(kinked)('%s through the kernel has the official gradients but for the kinks', (name) => {
  const { description, samples, gradients } = official.cases[name]
  const frontend = parseFrontend(description)
  const signal = goldenSignal(samples)
  const actual = gradientsOf(new LearnableFrontend(frontend, samples), signal)
  const [exact, rounded] = wholeGradients(frontend, signal, weight, ROUNDING)
  for (const [parameter, expected] of Object.entries(gradients)) {
    const largest = Math.max(...expected.map(Math.abs))
    const outside = expected.map((official, i) => {
      const either = [exact[parameter][i], rounded[parameter][i], official]
      const value = actual[parameter][i]
      return Math.max(Math.min(...either) - value, value - Math.max(...either)) / largest
    })
    expect(Math.max(...outside), parameter).toBeLessThan(TOLERANCE)
  }
})
