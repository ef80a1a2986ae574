import * as layers from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { layerRules } from '../../src/model/layers.ts'
import { checkTopology } from '../../src/model/topology.ts'
import { refusal } from './file-parts.ts'

type Layer = { class_name: string; config: Record<string, unknown> }
const INPUT = [40, 24, 1]
const first = { batch_input_shape: [null, ...INPUT] }

const sequential = (...own: Layer[]) => ({ class_name: 'Sequential', config: { name: 'model', layers: own } })

const convolution = (config: Record<string, unknown> = {}): Layer => ({
  class_name: 'Conv2D',
  config: {
    ...{ name: 'conv', filters: 3, kernel_size: [3, 5], strides: [1, 1], padding: 'valid', dilation_rate: [1, 1] },
    ...{ activation: 'relu', use_bias: true, ...first, ...config },
  },
}) // biome-ignore format: one layer, read at a glance

describe.each(['same', 'valid'] as const)('with padding %s', (padding) => {
  test.each([
    { strides: [1, 1], dilation_rate: [1, 1] },
    { strides: [1, 1], dilation_rate: [3, 2] },
    { strides: [1, 1], dilation_rate: [1, 4] },
    { strides: [2, 3], dilation_rate: [1, 1] },
  ])('a convolution of %o makes the shape that TensorFlow.js makes', ({ strides, dilation_rate }) => {
    const { output } = layerRules.Conv2D(
      convolution({ padding, strides, dilation_rate }).config,
      [INPUT],
      'layer',
    )
    const theirs = layers.layers.conv2d({
      filters: 3,
      kernelSize: [3, 5],
      strides: strides as [number, number],
      dilationRate: dilation_rate as [number, number],
      padding,
    })
    expect([null, ...output]).toEqual(theirs.computeOutputShape([null, ...INPUT]))
  })
})

describe('work for one window is judged before any is done', () => {
  const output = { labels: 2, isHeaded: false }
  const refused = (layer: Layer) =>
    refusal(() => checkTopology(sequential(layer), [4000, 512, 1], output)).message
  const wide = { batch_input_shape: [null, 4000, 512, 1], padding: 'same' }

  test('of a convolution with a huge kernel', () => {
    expect(refused(convolution({ ...wide, kernel_size: [2000, 500], filters: 1 }))).toContain(
      'layers.0.config brings a window to 2.0e+12 operations, more than 1e+10.',
    )
  })

  test('of a pooling over everything at every place', () => {
    const config = { name: 'pool', pool_size: [4096, 4096], strides: [1, 1], ...wide }
    expect(refused({ class_name: 'MaxPooling2D', config })).toContain('brings a window to 4.2e+12 operations')
  })

  test('of a layer after layer', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      convolution({ name: `conv${i}`, ...wide, filters: 1, kernel_size: [11, 11] }),
    )
    expect(refusal(() => checkTopology(sequential(...many), [4000, 512, 1], output)).message).toMatch(
      /layers\.40\.config brings a window to 1\.0e\+10 operations/,
    )
  })
})
