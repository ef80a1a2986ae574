import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { LeafError } from '../../../src/error.ts'
import { exportFrontend, importFrontend, writeFrontend, writeModel } from '../../../src/model/index.ts'
import { putTogether, refusal, takeApart } from '../file-parts.ts'
import { tinyModel } from '../tiny-model.ts'
import { renamed, safetensors, smallLeaf, type Tensors, tensor, tensorsOf } from './tensors.ts'

function refused(bytes: Uint8Array): string {
  const error = refusal(() => importFrontend(bytes))
  expect(error.code).toBe('model-file')
  expect(error.remedy).not.toBe('')
  return error.message
}

/** What is said of a layout's file whose tensors were spoilt. */
function spoilt(layout: string, spoil: (tensors: Tensors) => void): string {
  const tensors = tensorsOf(layout)
  spoil(tensors)
  return refused(safetensors(tensors))
}

describe('a damaged file', () => {
  const folder = join(import.meta.dirname, '../../golden/checkpoints')
  test.each(['leaf-pytorch.safetensors', 'tf-leaf.npz'])('%s cut off anywhere is refused', (name) => {
    const file = readFileSync(join(folder, name))
    for (let length = 0; length < file.length; length += 7) refused(file.subarray(0, length))
  })

  test.each(['leaf-pytorch', 'tensorflow'])(
    'of %s with bytes changed anywhere is refused by a LeafError or is a whole frontend',
    (layout) => {
      const { bytes } = exportFrontend(smallLeaf(), layout)
      const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
          const mutated = bytes.slice()
          for (const [place, byte] of changes) mutated[place] = byte
          try {
            const { frontend } = importFrontend(mutated)
            expect(frontend.channels).toBe(4)
            writeFrontend(frontend)
          } catch (error) {
            expect(error).toBeInstanceOf(LeafError)
          }
        }),
        { numRuns: 1000 },
      )
    },
  )
})

test('of more filters than any frontend has is refused before they are read', () => {
  const message = spoilt('leaf-pytorch', (tensors) => {
    tensors['_complex_conv._kernel'] = tensor([1_000_000, 2], 0.5)
  })
  expect(message).toContain('"_complex_conv._kernel" has 1000000 rows or columns, more than 16384')
})

describe('a file of another kind is refused by name', () => {
  const pickle = Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8)
  const hdf5 = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0)
  test.each([
    ['a pickle', pickle, /pickle of PyTorch.*safetensors.torch.save_file/],
    ['a zip of torch.save', zipSync({ 'model/data.pkl': pickle }), /pickle of PyTorch/],
    ['HDF5', hdf5, /HDF5.*np.savez/],
    ['text', new TextEncoder().encode('center,sigma\n0.1,50\n'), /no sound safetensors or npz file/],
    ['nothing', new Uint8Array(0), /it is empty/],
    ['a zip of something else', zipSync({ 'readme.txt': pickle }), /0 tensors are of no frontend/],
    ['a model of our own', writeModel(tinyModel()), /a file of this project already/],
    ['a frontend of our own', writeFrontend(smallLeaf()), /a file of this project already/],
  ])('%s', (_, bytes, sentence) => {
    expect(refused(bytes)).toMatch(sentence)
  })
})

describe('weights are refused by the name of the tensor', () => {
  test.each([
    [
      'leaf-pytorch',
      '_complex_conv._kernel',
      tensor([4, 3], 1),
      /_kernel" has shape \[4, 3\], not \[any, 2\]/,
    ],
    ['leaf-pytorch', '_pooling.weights', tensor([4], 0.4), /has shape \[4\], not \[1, 1, 4, 1\]/],
    ['speechbrain', 'compression.alpha', tensor([5], 0.9), /compression.alpha" has shape \[5\], not \[4\]/],
    ['denfed', '_compress_fn.root', tensor([4], 2, Number.NaN), /_compress_fn.root" has NaN at place 1/],
    ['og-leaf', '_pooling.kernel', tensor([1, 1, 4, 1], 0.4), /not \[4, 1, 1, 1\]/],
    [
      'efficientleaf',
      'filterbank.bandwidths',
      tensor([4], Number.POSITIVE_INFINITY),
      /has Infinity at place 0/,
    ],
    ['tensorflow', 'leaf/PCEN/delta:0', tensor([3], 2), /delta:0" has shape \[3\], not \[4\]/],
    [
      'denfed',
      '_pooling.gaussian_lowpass_init_t',
      tensor([552], 0),
      /gaussian_lowpass_init_t" is of windows of 552 samples, but 25 ms at 16000 Hz are 401/,
    ],
  ])('%s with another %s', (layout, name, wrong, sentence) => {
    expect(spoilt(layout, (tensors) => Object.assign(tensors, { [name]: wrong }))).toMatch(sentence)
  })

  test.each([
    ['leaf-pytorch', '_pooling.weights'],
    ['leaf-pytorch', '_compression.ema._weights'],
    ['speechbrain', 'complex_conv.kernel'],
    ['efficientleaf', 'compression.r'],
    ['denfed', '_compress_fn.alpha'],
  ])('%s without %s', (layout, name) => {
    expect(spoilt(layout, (tensors) => delete tensors[name])).toMatch(`tensor "${name}" is missing`)
  })

  test.each(['leaf/learnable_pooling/kernel:0', 'leaf/PCEN/alpha:0', 'leaf/PCEN/EMA/smooth:0'])(
    'tensorflow without %s',
    (name) => {
      const kind = name.match(/(\w+):0/)![1]
      expect(spoilt('tensorflow', (tensors) => delete tensors[name])).toMatch(
        new RegExp(`a tensor "${kind}" of shape .* is missing`),
      )
    },
  )

  test.each([
    ['leaf-pytorch', '_complex_conv._bias', /is a bias on the filters, which no frontend here has/],
    ['denfed', '_preemp_conv.weight', /is a pre-emphasis, which no frontend here has/],
    ['denfed', '_instance_norm.weight', /is a normalisation over the whole sound/],
    ['speechbrain', 'compression.more', /"compression.more" is unknown here/],
    ['og-leaf', '_complex_conv.other.deep', /"_complex_conv.other.deep" is unknown here/],
    ['efficientleaf', 'compression.log1p.a', /LogTBN, which subtracts the median/],
    ['efficientleaf', 'compression.TBN.bn.weight', /LogTBN/],
  ])('%s with %s', (layout, name, sentence) => {
    expect(spoilt(layout, (tensors) => Object.assign(tensors, { [name]: tensor([4], 1) }))).toMatch(sentence)
  })

  test.each([
    ['tfbanks_preemp/kernel:0', tensor([2, 1, 1], 1), /is a pre-emphasis/],
    ['leaf/instance_normalization/gamma:0', tensor([4], 1), /is a normalisation over the whole sound/],
    ['tfbanks_complex_conv/kernel:0', tensor([4, 2], 1), /cannot be told which of .*kernel:0/],
  ])('tensorflow with %s', (name, more, sentence) => {
    expect(spoilt('tensorflow', (tensors) => Object.assign(tensors, { [name]: more }))).toMatch(sentence)
  })

  test('LogTBN in the place of PCEN', () => {
    const file = spoilt('efficientleaf', (tensors) => {
      for (const name of Object.keys(tensors)) if (name.startsWith('compression.')) delete tensors[name]
      tensors['compression.log1p.a'] = tensor([4], 5)
    })
    expect(file).toMatch(/"compression.log1p.a" is LogTBN/)
  })

  test('in half precision', () => {
    const { header, data } = takeApart(safetensors(tensorsOf('leaf-pytorch')))
    Object.assign(header['_compression.alpha'], { dtype: 'BF16', shape: [8] })
    expect(refused(putTogether(header, data))).toMatch(/_compression.alpha" has shape \[8\], not \[4\]/)
    Object.assign(header['_compression.alpha'], { shape: [4, 2] })
    Object.assign(header['_pooling._bias'], { dtype: 'I32' })
    expect(refused(putTogether(header, data))).toMatch(
      /_pooling._bias" has elements of type I32, not float32/,
    )
  })

  test('of no library known here, naming some of them', () => {
    const names = ['a.weight', 'b.weight', 'c.weight', 'd.weight', 'e.weight']
    const file = safetensors(Object.fromEntries(names.map((name) => [name, tensor([2], 1)])))
    expect(refused(file)).toMatch(/5 tensors .* \(the first are "a.weight", .*"d.weight"\).*SpeechBrain/)
  })

  test('of two frontends in one file', () => {
    const twice = (prefix: string) => renamed(tensorsOf('leaf-pytorch'), (name) => prefix + name)
    expect(refused(safetensors({ ...twice('module.'), ...twice('ema.module.') }))).toMatch(
      /a frontend under "module." and another under "ema.module."/,
    )
  })
})

test('sizes out of range are refused by name', () => {
  const file = safetensors(tensorsOf('leaf-pytorch'))
  const error = refusal(() => importFrontend(file, { sampleRate: 100 }))
  expect(error.code).toBe('description')
  expect(error.message).toMatch(/sampleRate is 100/)
  expect(refusal(() => importFrontend(file, { hopMs: 30 })).message).toMatch(/hopMs is 30/)
})
