import {
  mul,
  reshape,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core'
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { channelTaps, correlate, geometryOf, preset } from '../../../../src/frontend/index.ts'
import { prepareBackend } from '../../../../src/learning/backend.ts'
import { seeded } from '../../../engine/signals.ts'
import { ComplexConvolution } from './complex-convolution.ts'
import { convStack } from './conv-stack.ts'
import { GaborConvolution } from './gabor-convolution.ts'
import type { LearnedKernel } from './learned-kernel.ts'

beforeAll(prepareBackend)

const SIZES = { windowFrames: 8, hop: 160, channels: 40, seed: 3 }
const SAMPLES = SIZES.windowFrames * SIZES.hop
const random = seeded(5)
const draw = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5)

/** What layers in sequence make of one input. */
function outputOf(all: readonly layers.Layer[], input: Float32Array, shape: number[]): Float32Array {
  return tidy(() => {
    const result = all.reduce(
      (value, layer) => layer.apply(value) as Tensor,
      tensor(input, [1, ...shape]) as Tensor,
    )
    return Float32Array.from(result.dataSync())
  })
}

function built(all: readonly layers.Layer[]): Sequential {
  const model = sequential()
  for (const layer of all) model.add(layer)
  return model
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0)

describe('the stack of convolutions', () => {
  const kernels = [10, 8, 4, 4, 4]
  const strides = [5, 4, 2, 2, 2]

  test('has the kernels and strides of wav2vec, each a sum over neighbouring places', () => {
    const { layers: all } = built(convStack(SIZES))
    let input: Float32Array = draw(SAMPLES)
    let maps = 1
    strides.forEach((stride, i) => {
      const [kernel] = all[4 * i + 1].getWeights().map((weight) => weight.dataSync())
      const filters = kernel.length / (kernels[i] * maps)
      expect(filters).toBe(i < 4 ? 64 : 40)
      const shape = i === 0 ? [SIZES.windowFrames, SIZES.hop, 1] : [1, input.length / maps, maps]
      const output = outputOf(all.slice(4 * i, 4 * i + 2), input, shape)
      for (const place of [0, 3, output.length / filters - 1]) {
        for (const filter of [0, filters - 1]) {
          let expected = 0
          for (let k = 0; k < kernels[i] * maps; k++)
            expected += kernel[k * filters + filter] * (input[place * stride * maps + k] ?? 0)
          expect(output[place * filters + filter]).toBeCloseTo(expected, 4)
        }
      }
      input = output
      maps = filters
    })
    expect(input.length).toBe(SIZES.windowFrames * SIZES.channels)
  })

  test('makes of frame t what 465 samples from 160 t on say, and nothing else', () => {
    const { layers: all } = built(convStack(SIZES))
    const sound = draw(SAMPLES)
    const frameOf = (samples: Float32Array) =>
      outputOf(all, samples, [SIZES.windowFrames, SIZES.hop, 1]).subarray(2 * 40, 3 * 40)
    const frame = frameOf(sound)
    const louder = (place: number) => sound.map((x, t) => (t === place ? x + 9 : x))
    for (const place of [319, 320 + 465]) expect(frameOf(louder(place))).toEqual(frame)
    for (const place of [320, 320 + 464]) expect(frameOf(louder(place))).not.toEqual(frame)
  })
})

/** ∂ Σ weights · kernel / ∂ the layer's own weights, as its tape says and by central differences. */
function expectGradients(layer: LearnedKernel, step: number): void {
  const weights = tensor(draw(tidy(() => layer.kernel().size)))
  const loss = () => sum(mul(weights, reshape(layer.kernel(), [-1]))) as Scalar
  const variables = layer.trainableWeights.map((weight) => weight.read() as Variable)
  const { grads } = variableGrads(loss, variables)
  for (const variable of variables) {
    const found = grads[variable.name].dataSync()
    const values = variable.dataSync().slice()
    for (const place of [0, 7, values.length - 1]) {
      const at = (move: number) => {
        variable.assign(
          tensor(
            values.map((x, i) => (i === place ? x + move : x)),
            variable.shape,
          ),
        )
        return tidy(() => {
          const kernel = layer.kernel().dataSync()
          return Array.from(weights.dataSync()).reduce((total, weight, i) => total + weight * kernel[i], 0)
        })
      }
      const difference = (at(step) - at(-step)) / (2 * step)
      at(0)
      expect(Math.abs(found[place] - difference)).toBeLessThan(2e-3 * largest(found))
    }
  }
}

describe('Gabor filters over patches', () => {
  const leaf = preset('leaf', { channels: 12 })
  const STRIDE = 10

  function gaborLayer(): GaborConvolution {
    const layer = new GaborConvolution('gabor', leaf, STRIDE)
    built([layers.inputLayer({ inputShape: [1, SAMPLES / STRIDE, STRIDE] }), layer])
    return layer
  }

  test('are those of LEAF, real and imaginary, at every tenth sample', () => {
    const sound = draw(SAMPLES)
    const output = outputOf([gaborLayer()], sound, [1, SAMPLES / STRIDE, STRIDE])
    const { real, imaginary } = channelTaps(leaf, geometryOf(leaf))!
    ;[...real, ...imaginary].forEach((taps, n) => {
      const expected = correlate(sound, taps, 200, SAMPLES)
      for (let place = 0; place < SAMPLES / STRIDE; place++)
        expect(output[place * 24 + n]).toBeCloseTo(expected[STRIDE * place + 4], 5)
    })
  })

  test('their centres and widths have the gradients of differences, by natural steps', () => {
    const layer = gaborLayer()
    expect(layer.trainableWeights.map(({ shape }) => shape)).toEqual([[12], [12]])
    expectGradients(layer, 1e-2)
    layer.setWeights([tensor(draw(12)), tensor(draw(12))])
    expectGradients(layer, 1e-2)
  })

  test('moved beyond their bounds they are those on the bounds, and can come back', () => {
    const layer = gaborLayer()
    const before = layer.kernel().dataSync()
    layer.setWeights([tensor(new Float32Array(12)), tensor(new Float32Array(12).fill(1e4))])
    const [once, gradient] = [layer.kernel().dataSync(), widthGradient(layer)]
    layer.setWeights([tensor(new Float32Array(12)), tensor(new Float32Array(12).fill(2e4))])
    expect(once).not.toEqual(before)
    expect(layer.kernel().dataSync()).toEqual(once)
    expect(widthGradient(layer)).toEqual(gradient)
    expect(gradient.every((value) => value !== 0)).toBe(true)
  })

  function widthGradient(layer: GaborConvolution): Float32Array {
    const variables = layer.trainableWeights.map((weight) => weight.read() as Variable)
    const { grads } = variableGrads(() => sum(mul(layer.kernel(), layer.kernel())) as Scalar, variables)
    return grads[variables[1].name].dataSync() as Float32Array
  }
})

describe('complex convolutions', () => {
  const [inputs, outputs, stride, places] = [3, 2, 2, 6]

  function complexLayer(): ComplexConvolution {
    const layer = new ComplexConvolution({ name: 'complex', inputs, outputs, stride, seed: 1 })
    built([layers.inputLayer({ inputShape: [1, places, stride * 2 * inputs] }), layer])
    return layer
  }

  test('multiply complex numbers', () => {
    const layer = complexLayer()
    const input = draw(places * stride * 2 * inputs)
    const output = outputOf([layer], input, [1, places, stride * 2 * inputs])
    const [real, imaginary] = layer.getWeights().map((weight) => weight.dataSync())
    for (let place = 0; place < places; place++) {
      for (let out = 0; out < outputs; out++) {
        let [re, im] = [0, 0]
        for (let tap = 0; tap < 2 * stride; tap++) {
          for (let n = 0; n < inputs; n++) {
            const at = (place * stride + tap) * 2 * inputs + n
            const [x, y] = [input[at] ?? 0, input[at + inputs] ?? 0]
            const [a, b] = [real, imaginary].map((weights) => weights[(tap * inputs + n) * outputs + out])
            re += a * x - b * y
            im += b * x + a * y
          }
        }
        expect(output[place * 2 * outputs + out]).toBeCloseTo(re, 5)
        expect(output[place * 2 * outputs + outputs + out]).toBeCloseTo(im, 5)
      }
    }
  })

  test('have the gradients of differences', () => expectGradients(complexLayer(), 1e-2))

  test('start with outputs as large as inputs', () => {
    const layer = new ComplexConvolution({ name: 'wide', inputs: 40, outputs: 40, stride: 4, seed: 1 })
    built([layers.inputLayer({ inputShape: [1, 50, 4 * 80] }), layer])
    const input = draw(50 * 4 * 80)
    const output = outputOf([layer], input, [1, 50, 4 * 80])
    const power = (values: Float32Array) => values.reduce((total, x) => total + x * x, 0) / values.length
    // He's variance makes up for a rectifier that halves the power.
    expect(power(output) / power(input) / 2).toBeCloseTo(1, 0)
  })
})
