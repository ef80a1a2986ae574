import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FrontendDescription, parseFrontend, preset, presetNames } from '../../../src/frontend/index.ts'
import { difference } from '../../../src/model/checkpoints/same.ts'
import { exportFrontend, exportLayouts, importFrontend } from '../../../src/model/index.ts'
import { readSafetensors, tensorValues } from '../../../src/model/safetensors.ts'
import { presetOf } from '../../frontend/filtered.ts'
import { refusal } from '../file-parts.ts'
import { leaves } from './random-frontend.ts'

function there(frontend: FrontendDescription, layout: string) {
  const { sampleRate, windowMs, hopMs } = frontend
  return importFrontend(exportFrontend(frontend, layout).bytes, { sampleRate, windowMs, hopMs })
}

describe.each(exportLayouts)('%s', (layout) => {
  const bias = layout === 'leaf-pytorch' || layout === 'speechbrain'
  const profile = layout === 'tensorflow' || layout === 'og-leaf' ? 'tensorflow' : 'pytorch'

  test('gives back any LEAF but for rounding to float32', () => {
    fc.assert(
      fc.property(leaves(bias, profile), (frontend) => {
        const back = there(frontend, layout)
        expect(back).toMatchObject({ layout, clipped: [] })
        expect(difference(back.frontend, frontend)).toBe(null)
        expect(there(back.frontend, layout).frontend).toEqual(back.frontend)
      }),
      { numRuns: 50 },
    )
  })

  test('gives back LEAF at other rates and windows', () => {
    for (const sampleRate of [8000, 44100, 48000]) {
      const frontend = preset('leaf', { channels: 5, sampleRate })
      const { alignment } = there(frontend, layout).frontend
      expect(difference(there(frontend, layout).frontend, { ...frontend, alignment })).toBe(null)
    }
  })
})

describe('an exported file', () => {
  test.each([
    ['leaf-pytorch.safetensors', 'leaf-pytorch', 'features.'],
    ['leaf-pytorch-64-dataparallel.safetensors', 'leaf-pytorch', 'module.features.'],
    ['speechbrain.safetensors', 'speechbrain', ''],
    ['efficientleaf.safetensors', 'efficientleaf', '_frontend.'],
    ['denfed.safetensors', 'denfed', ''],
  ])('has the tensors that the library wrote: %s', (file, layout, prefix) => {
    const written = readFileSync(join(import.meta.dirname, '../../golden/checkpoints', file))
    const original = readSafetensors(written).tensors
    const exported = readSafetensors(exportFrontend(importFrontend(written).frontend, layout).bytes)
    expect(exported.metadata.get('format')).toBe('pt')
    const names = [...exported.tensors.keys()].map((name) => prefix + name)
    expect(new Set(names)).toEqual(new Set(original.keys()))
    for (const [name, tensor] of exported.tensors) {
      const { shape, dtype } = original.get(prefix + name)!
      expect(tensor).toMatchObject({ shape, dtype })
    }
    for (const name of ['_complex_conv.gabor_filter_init_t', '_pooling.gaussian_lowpass_init_t']) {
      const buffer = exported.tensors.get(name)
      if (buffer) expect(tensorValues(buffer)).toEqual(tensorValues(original.get(name)!))
    }
  })

  test('says what it does not hold', () => {
    const { notes } = exportFrontend(preset('leaf'), 'leaf-pytorch')
    expect(notes).toEqual([
      'The file holds no sizes: build leaf-pytorch for 40 filters at 16000 Hz, windows of 25 ms every 10 ms.',
      'Its frames are centred 80 samples earlier there.',
    ])
    expect(exportFrontend(preset('leaf'), 'tensorflow').notes).toHaveLength(1)
  })

  test('can hold LEAF without compression', () => {
    const frontend = parseFrontend({ ...preset('leaf'), compression: { kind: 'none' } })
    for (const layout of ['leaf-pytorch', 'speechbrain', 'denfed', 'tensorflow'])
      expect(there(frontend, layout).frontend.compression).toEqual({ kind: 'none' })
  })
})

describe('a frontend that a library has not is refused', () => {
  const leaf = preset('leaf')
  const biased = parseFrontend({
    ...leaf,
    pooling: { ...leaf.pooling, bias: new Array(40).fill(0.5) },
  })
  const refused: [string, FrontendDescription, string, RegExp][] = [
    ['a bias', biased, 'denfed', /leaf-audio-pytorch \(denfed\) has no pooling bias/],
    ['a bias', biased, 'efficientleaf', /EfficientLEAF leaf.Leaf has no pooling bias/],
    ['a bias', biased, 'tensorflow', /leaf-audio \(TensorFlow\) has no pooling bias/],
    ['another floor', { ...leaf, energyFloor: 1e-6 }, 'tensorflow', /its energyFloor would be another/],
    [
      'another floor of PCEN',
      parseFrontend({ ...leaf, compression: { ...leaf.compression, floor: 1e-6 } }),
      'speechbrain',
      /its compression.floor would be another/,
    ],
    [
      'another rectifier',
      { ...leaf, rectifier: 'leaky-relu' },
      'leaf-pytorch',
      /its rectifier would be another/,
    ],
    [
      'only frames inside the sound',
      { ...leaf, alignment: { poolingLeft: 0, partialFrames: false } },
      'denfed',
      /its alignment.partialFrames would be another/,
    ],
    ['no compression', { ...leaf, compression: { kind: 'none' } }, 'efficientleaf', /no compression none/],
    [
      'an even window',
      preset('leaf', { sampleRate: 22050 }),
      'efficientleaf',
      /its windowMs would be another/,
    ],
    ['other filters', preset('mel-log'), 'leaf-pytorch', /leaf-pytorch has no filterbank mel/],
    ['other filters', preset('gammatone'), 'tensorflow', /has no filterbank gammatone/],
    ['other compression', preset('mel-log'), 'tensorflow', /cannot be exported/],
  ]
  test.each(refused)('%s', (_, frontend, layout, sentence) => {
    const error = refusal(() => exportFrontend(frontend, layout))
    expect(error.code).toBe('arguments')
    expect(error.message).toMatch(sentence)
  })

  test('as is a layout that there is not', () => {
    expect(refusal(() => exportFrontend(leaf, 'tdfbanks')).message).toMatch(/no layout tdfbanks.*denfed/)
  })
})

describe('the other systems of the official code', () => {
  test.each(['mel-pcen', 'time-domain', 'sincnet', 'sincnet-plus'] as const)('%s', (name) => {
    const frontend = preset(name, { channels: 7 })
    const back = there(frontend, 'tensorflow')
    expect(back).toMatchObject({ layout: 'tensorflow', clipped: [] })
    expect(difference(back.frontend, frontend)).toBe(null)
  })

  test('time-domain with PCEN', () => {
    const frontend = parseFrontend({
      ...preset('time-domain', { channels: 3 }),
      compression: preset('mel-pcen', { channels: 3 }).compression,
    })
    expect(difference(there(frontend, 'tensorflow').frontend, frontend)).toBe(null)
  })

  test('are exported without an error of another kind, or refused', () => {
    for (const name of presetNames) {
      for (const layout of exportLayouts) {
        const act = () => exportFrontend(presetOf(name, 3), layout)
        const known = layout === 'tensorflow' ? /leaf|mel-pcen|time-domain|sincnet/ : /^leaf$/
        if (known.test(name)) act()
        else expect(refusal(act).message).toMatch(/cannot be exported/)
      }
    }
  })
})
