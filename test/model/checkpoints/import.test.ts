import { describe, expect, test } from 'vitest'
import { preset, windowLengthOf } from '../../../src/frontend/index.ts'
import { importFrontend } from '../../../src/model/index.ts'
import { putTogether, takeApart } from '../file-parts.ts'
import { renamed, safetensors, smallLeaf, tensor, tensorsOf } from './tensors.ts'

const LAYOUTS = ['leaf-pytorch', 'speechbrain', 'efficientleaf', 'denfed', 'og-leaf', 'tensorflow']

describe('weights are recognised', () => {
  test.each(LAYOUTS)('%s, whichever container they are in', (layout) => {
    expect(importFrontend(safetensors(tensorsOf(layout)))).toMatchObject({
      layout,
      container: 'safetensors',
      frontend: { channels: 4 },
    })
  })

  test.each(['module.', 'features.', '_frontend.', 'module.model.features.'])(
    'under the prefix %s',
    (prefix) => {
      for (const layout of LAYOUTS.filter((name) => name !== 'tensorflow')) {
        const file = safetensors(renamed(tensorsOf(layout), (name) => prefix + name))
        expect(importFrontend(file)).toMatchObject({ layout, prefix })
      }
    },
  )

  test("among a network's other weights, of any type", () => {
    const tensors = {
      ...renamed(tensorsOf('leaf-pytorch'), (name) => `features.${name}`),
      'model.conv.weight': tensor([8, 1, 3, 3], 0.5),
      'model.fc.weight': tensor([4, 2], 0.5),
    }
    const { header, data } = takeApart(safetensors(tensors))
    const counted = { dtype: 'I64', shape: [], data_offsets: [data.length, data.length + 8] }
    const file = putTogether(
      { ...header, 'model.bn.num_batches_tracked': counted },
      new Uint8Array([...data, ...new Uint8Array(8)]),
    )
    expect(importFrontend(file)).toMatchObject({
      layout: 'leaf-pytorch',
      tensors: { used: 7, others: 3 },
    })
  })

  test("of TensorFlow among a network's other weights, and under the names of an object graph", () => {
    const whole = {
      ...tensorsOf('tensorflow'),
      'dense/kernel:0': tensor([4, 2], 0.5),
      'dense_1/kernel:0': tensor([4, 4], 0.5),
      'batch_normalization/gamma:0': tensor([4], 1),
      'batch_normalization/beta:0': tensor([4], 0),
    }
    expect(importFrontend(safetensors(whole))).toMatchObject({ layout: 'tensorflow', tensors: { others: 4 } })
    const graph = renamed(tensorsOf('tensorflow'), (name) => {
      const path = name
        .replace(/:0$/, '')
        .replace(/^kernel$/, '_complex_conv/_kernel')
        .replace('leaf/learnable_pooling', '_pooling')
        .replace('leaf/PCEN/EMA/smooth', '_compress_fn/ema/_weights')
        .replace('leaf/PCEN', '_compress_fn')
      return `_frontend/${path}/.ATTRIBUTES/VARIABLE_VALUE`
    })
    expect(importFrontend(safetensors(graph)).frontend).toEqual(
      importFrontend(safetensors(tensorsOf('tensorflow'))).frontend,
    )
  })
})

describe('what a file does not hold', () => {
  test('is 16000 Hz and 25 ms every 10 ms, or as given', () => {
    const file = safetensors(tensorsOf('leaf-pytorch'))
    expect(importFrontend(file).frontend).toMatchObject({ sampleRate: 16000, windowMs: 25, hopMs: 10 })
    const sizes = { sampleRate: 8000, windowMs: 32, hopMs: 8 }
    expect(importFrontend(file, sizes).frontend).toMatchObject(sizes)
  })

  test('padding is that of the library, or of the profile given', () => {
    const left = (layout: string, profile?: 'tensorflow' | 'pytorch') =>
      importFrontend(safetensors(tensorsOf(layout)), { profile }).frontend.alignment.poolingLeft
    const own = LAYOUTS.map((layout) => left(layout))
    expect(own).toEqual([200, 200, 200, 200, 120, 120])
    expect(left('leaf-pytorch', 'tensorflow')).toBe(120)
    expect(left('tensorflow', 'pytorch')).toBe(200)
  })

  test('an even window is told of, and one fewer in EfficientLEAF', () => {
    for (const sampleRate of [11025, 22050]) {
      expect(windowLengthOf(sampleRate, 25) % 2).toBe(0)
      const port = importFrontend(safetensors(tensorsOf('leaf-pytorch')), { sampleRate })
      expect(port.notes.join()).toMatch(/samples have no middle/)
      const { frontend } = importFrontend(safetensors(tensorsOf('efficientleaf')), { sampleRate })
      expect(windowLengthOf(sampleRate, frontend.windowMs)).toBe(windowLengthOf(sampleRate, 25) - 1)
    }
  })
})

describe('values beyond their bounds', () => {
  test('are set to them as the library does, and told', () => {
    const tensors = tensorsOf('leaf-pytorch')
    tensors['_complex_conv._kernel'] = tensor([4, 2], -0.1, 50, 3.2, 0.5, 1, 500, 2, 60)
    tensors['_pooling.weights'] = tensor([1, 1, 4, 1], 0.4, 0.6, 0.4, 1e-3)
    tensors['_compression.alpha'] = tensor([4], 0.9, 1.1, 0.9, 0.9)
    tensors['_compression.root'] = tensor([4], 2, 2, 0.5, 2)
    tensors['_compression.ema._weights'] = tensor([4], -0.1, 0.1, 0.2, 1.5)
    const { frontend, clipped } = importFrontend(safetensors(tensors))
    const told = clipped.map(({ parameter, channels, asInLibrary }) => [parameter, channels, asInLibrary])
    expect(told).toEqual([
      ['filterbank.center', [0, 1], true],
      ['filterbank.sigma', [1, 2], true],
      ['pooling.width', [1, 3], true],
      ['compression.alpha', [1], true],
      ['compression.root', [2], true],
      ['compression.smooth', [0, 3], true],
    ])
    expect(frontend.filterbank).toMatchObject({ center: [0, Math.PI, 1, 2] })
    expect(frontend.pooling).toMatchObject({ width: [Math.fround(0.4), 0.5, Math.fround(0.4), 2 / 401] })
    expect(frontend.compression).toMatchObject({ smooth: [0, Math.fround(0.1), Math.fround(0.2), 1] })
  })

  test('that the library does not clip are told to differ', () => {
    const delta = { '_compression.delta': tensor([4], 2, -0.5, 2, 2) }
    const port = importFrontend(safetensors({ ...tensorsOf('leaf-pytorch'), ...delta }))
    expect(port.clipped).toEqual([
      expect.objectContaining({ parameter: 'compression.delta', channels: [1], asInLibrary: false }),
    ])
    const numbers = {
      'compression.s': tensor([4], 0.1, 1.2, 0.1, 0.1),
      'compression.delta': tensor([4], -1),
    }
    const told = importFrontend(safetensors({ ...tensorsOf('efficientleaf'), ...numbers })).clipped
    expect(told.map(({ parameter, asInLibrary }) => [parameter, asInLibrary])).toEqual([
      ['compression.delta', true],
      ['compression.smooth', false],
    ])
  })

  test('by rounding to float32 only are not told', () => {
    const tensors = tensorsOf('leaf-pytorch')
    tensors['_complex_conv._kernel'] = tensor([4, 2], Math.PI, 150.2872813536806)
    expect(importFrontend(safetensors(tensors)).clipped).toEqual([])
  })
})

describe('EfficientLEAF', () => {
  test('learned as logarithms is seen by its s, and gives the same frontend', () => {
    const direct = tensorsOf('efficientleaf')
    const logarithms = Object.fromEntries(
      Object.entries(direct).map(([name, { shape, values }]) => {
        if (!name.startsWith('compression.')) return [name, { shape, values }]
        const sign = name === 'compression.r' ? -1 : 1
        return [name, { shape, values: Float64Array.from(values, (value) => sign * Math.log(value)) }]
      }),
    )
    const one = importFrontend(safetensors(direct))
    const other = importFrontend(safetensors(logarithms))
    expect(other.notes.join()).toMatch(/as logarithms/)
    expect(one.notes.join()).not.toMatch(/as logarithms/)
    const { alpha, delta, root, smooth } = one.frontend.compression as unknown as Record<string, number[]>
    const there = other.frontend.compression as unknown as Record<string, number[]>
    for (const [name, values] of Object.entries({ alpha, delta, root, smooth }))
      values.forEach((value, n) => expect(there[name][n]).toBeCloseTo(value, 12))
  })
})

test('one smoothing weight for all channels is spread over them', () => {
  const tensors = { ...tensorsOf('speechbrain'), 'compression.ema._weights': tensor([1], 0.25) }
  expect(importFrontend(safetensors(tensors)).frontend.compression).toMatchObject({
    smooth: [0.25, 0.25, 0.25, 0.25],
  })
})

test("a fixed smoother of TensorFlow's is read off its diagonal", () => {
  const { 'leaf/PCEN/EMA/smooth:0': _, ...tensors } = tensorsOf('tensorflow')
  const diagonal = (value: number) =>
    tensor([4, 4], ...Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? value : 0)))
  tensors['leaf/PCEN/EMA/simple_rnn_cell/kernel:0'] = diagonal(0.25)
  tensors['leaf/PCEN/EMA/simple_rnn_cell/recurrent_kernel:0'] = diagonal(0.75)
  const { frontend } = importFrontend(safetensors(tensors))
  expect(frontend.compression).toMatchObject({ smooth: [0.25, 0.25, 0.25, 0.25] })
})

describe('tdfbanks', () => {
  const { filterbank, pooling } = preset('time-domain', { channels: 2 })
  if (filterbank.kind !== 'free' || pooling.kind !== 'taps') throw new Error('time-domain has free taps')
  const rows = filterbank.real.flatMap((real, n) => [...real, ...filterbank.imaginary[n]])
  const tensors = {
    'complex_conv.weight': tensor([4, 1, 401], ...rows),
    'lowpass.weight': tensor([2, 1, 401], ...pooling.taps),
  }

  test('comes in as free filters with one window', () => {
    const { frontend, layout } = importFrontend(safetensors(tensors))
    expect(layout).toBe('tdfbanks')
    expect(frontend).toMatchObject({
      channels: 2,
      filterbank: {
        kind: 'free',
        real: filterbank.real.map((row) => row.map(Math.fround)),
        imaginary: filterbank.imaginary.map((row) => row.map(Math.fround)),
      },
      pooling: { kind: 'taps', taps: pooling.taps.map(Math.fround) },
      compression: { kind: 'log', offset: 1 },
      alignment: { poolingLeft: 0, partialFrames: false },
    })
  })

  test('with a window for each channel is refused', () => {
    const windows = tensor([2, 1, 401], ...pooling.taps)
    windows.values[500] += 1e-3
    expect(() => importFrontend(safetensors({ ...tensors, 'lowpass.weight': windows }))).toThrow(
      /"lowpass.weight" has windows that differ/,
    )
  })
})

describe('SincNet', () => {
  const edges = { low_hz_: tensor([3, 1], 30, -200, 900), band_hz_: tensor([3, 1], 40, 60, -80) }
  const bands = { kind: 'sinc', low: [30, -200, 900], band: [40, 60, -80] }

  test.each(['conv.0.', '', 'module.conv.0.'])('brings its edges in, under the prefix "%s"', (prefix) => {
    const { frontend, notes } = importFrontend(safetensors(renamed(edges, (name) => prefix + name)))
    expect(frontend.filterbank).toEqual(bands)
    expect(frontend.compression.kind).toBe('layer-norm')
    expect(notes.join()).toMatch(/Only the edges/)
  })

  test('in its first version has them in shares of the sample rate', () => {
    const shares = {
      'conv.0.filt_b1': tensor([2], 0.125, 0.25),
      'conv.0.filt_band': tensor([2], 0.0625, 0.03125),
    }
    expect(importFrontend(safetensors(shares), { sampleRate: 8000 }).frontend.filterbank).toEqual({
      kind: 'sinc',
      low: [1000, 2000],
      band: [500, 250],
    })
  })

  test('of SpeechBrain shows its window', () => {
    const file = safetensors({ ...edges, n_: tensor([1, 125], 0), window_: tensor([125], 0) })
    expect(() => importFrontend(file)).toThrow(/"n_" is of windows of 251 samples, but 25 ms.* are 401/)
    const { frontend } = importFrontend(file, { windowMs: 15.65 })
    expect(windowLengthOf(16000, frontend.windowMs)).toBe(251)
  })
})

test('what is imported starts from the small LEAF that was exported', () => {
  const { frontend } = importFrontend(safetensors(tensorsOf('tensorflow')))
  const { filterbank } = smallLeaf()
  if (filterbank.kind !== 'gabor') throw new Error('LEAF has Gabor filters')
  expect(frontend.filterbank).toMatchObject({ center: filterbank.center.map(Math.fround) })
})
