import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { writeNpy } from '../../../src/model/checkpoints/npy.ts'
import { importFrontend, readFrontend, writeFrontend } from '../../../src/model/index.ts'
import { putTogether, refusal, takeApart } from '../file-parts.ts'
import { renamed, safetensors, type Tensors, tensorsOf } from './tensors.ts'

const LEAF = tensorsOf('leaf-pytorch')
const PLAIN = importFrontend(safetensors(LEAF)).frontend

/** The file with tensors of any type behind its own. */
function beside(more: Record<string, { dtype: string; shape: number[]; bytes: number }>): Uint8Array {
  const { header, data } = takeApart(safetensors(LEAF))
  let end = data.length
  for (const [name, { bytes, ...entry }] of Object.entries(more)) {
    header[name] = { ...entry, data_offsets: [end, end + bytes] }
    end += bytes
  }
  const longer = new Uint8Array(end)
  longer.set(data)
  return putTogether(header, longer)
}

describe('what lies beside a frontend is not judged', () => {
  test.each([
    ['F8_E8M0', 1],
    ['F4', 1],
    ['a type of tomorrow', 7],
    ['BOOL', 3],
  ])('tensors of type %s', (dtype, bytes) => {
    const { frontend, tensors } = importFrontend(beside({ 'net.scale': { dtype, shape: [bytes], bytes } }))
    expect(frontend).toEqual(PLAIN)
    expect(tensors).toEqual({ used: 7, others: 1 })
  })

  test('thousands of tensors, in a header of megabytes', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [
        `encoder.layers.${i}.a_rather_long_name_for_a_module.weight`,
        { dtype: 'F32', shape: [1], bytes: 4 },
      ]),
    )
    const file = beside(many)
    expect(Number(new DataView(file.buffer).getBigUint64(0, true))).toBeGreaterThan(1024 * 1024)
    expect(importFrontend(file).frontend).toEqual(PLAIN)
  })

  test.each([[null], [{ epoch: 3 }], [{ nested: { a: [] } }], [7]])('metadata that are %j', (metadata) => {
    const { header, data } = takeApart(safetensors(LEAF))
    const text = JSON.stringify({ ...header, __metadata__: metadata })
    expect(importFrontend(putTogether(text, data)).frontend).toEqual(PLAIN)
  })

  test('but a tensor of the frontend that makes no sense is', () => {
    const { header, data } = takeApart(safetensors(LEAF))
    Object.assign(header['_compression.alpha'], { dtype: 'F8_E8M0' })
    expect(refusal(() => importFrontend(putTogether(header, data))).message).toMatch(
      /tensor "_compression.alpha" cannot be read .*F8_E8M0/,
    )
  })
})

describe('arrays of an npz file', () => {
  const tf = tensorsOf('tensorflow')
  const expected = importFrontend(safetensors(tf)).frontend

  test.each([
    ['<U7', 28],
    ['|O', 8],
    ['<c16', 16],
    ['|S5', 5],
    ['<M8[s]', 8],
  ])('of type %s beside are not judged', (type, bytes) => {
    const file = npz(tf, '<f4', { 'other.npy': npy(type, '(1,)', new Uint8Array(bytes)) })
    expect(importFrontend(file)).toMatchObject({ frontend: expected, tensors: { others: 1 } })
  })

  test.each(['>f4', '<f8', '>f8', '<f4'])('of type %s are read', (type) => {
    expect(importFrontend(npz(tf, type)).frontend).toEqual(expected)
  })

  test.each(Object.keys(tf))(
    '%s that cannot be read, or holds nothing, is refused: without it the rest is another frontend',
    (name) => {
      const rest = Object.fromEntries(Object.entries(tf).filter(([other]) => other !== name))
      for (const array of [
        npy('<M8[s]', '(1,)', new Uint8Array(8)),
        npy('<f4', '(99999999999999999999, 2)', new Uint8Array(0)),
        npy('<f4', '(200000000, 0)', new Uint8Array(0)),
        Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 255, 255, 255, 255),
      ]) {
        const file = npz(rest, '<f4', { [`${name}.npy`]: array })
        expect(refusal(() => importFrontend(file)).message).toContain(`tensor "${name}" `)
      }
    },
  )

  test('in Fortran order are read', () => {
    expect(importFrontend(npz(tf, '<f4', {}, true)).frontend).toEqual(expected)
  })

  test('with a bit turned over are refused by their checksum, stored or deflated', () => {
    const files = Object.fromEntries(
      Object.entries(tf).map(([name, { shape, values }]) => [
        `${name}.npy`,
        writeNpy(shape, values as Float32Array),
      ]),
    )
    for (const level of [0, 9] as const) {
      const file = zipSync(files, { level })
      // Within the numbers of the first array.
      file[level === 0 ? 30 + 'kernel:0.npy'.length + 128 + 5 : 60] ^= 1
      expect(refusal(() => importFrontend(file)).message).toMatch(
        /npz file is damaged|no NumPy array|cut off/,
      )
    }
  })

  test('60,000 small ones beside cost no more than their number', () => {
    const one = writeNpy([1], Float32Array.of(1))
    const many = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, i) => [`net/layer_${i}/kernel.npy`, one]),
    )
    expect(importFrontend(npz(tf, '<f4', many, false, 0))).toMatchObject({
      frontend: expected,
      tensors: { others: 60_000 },
    })
  })

  test('that claim more than the limit are refused before anything is unpacked', () => {
    const file = npz(tf, '<f4', { 'zeros.npy': new Uint8Array(30_000_000) })
    expect(refusal(() => importFrontend(file, { maxBytes: 20_000_000 })).message).toMatch(
      /unpacks to more than 20000000/,
    )
  })
})

test('a tensor of many rows and no numbers is refused at once', () => {
  const { header, data } = takeApart(
    safetensors({ ...LEAF, '_complex_conv._kernel': { shape: [0, 2], values: new Float32Array(0) } }),
  )
  for (const shape of [
    [0, 2],
    [200_000_000, 0],
  ]) {
    Object.assign(header['_complex_conv._kernel'], { shape })
    expect(refusal(() => importFrontend(putTogether(header, data))).message).toMatch(/_kernel" has shape/)
  }
  const own = takeApart(writeFrontend(PLAIN))
  const [begin] = own.header['frontend.filterbank.center'].data_offsets as number[]
  expect(begin).toBe(0)
  const size = (own.header['frontend.filterbank.center'].data_offsets as number[])[1]
  for (const entry of Object.values(own.header))
    if (entry.data_offsets)
      entry.data_offsets = (entry.data_offsets as number[]).map((place) => Math.max(0, place - size))
  Object.assign(own.header['frontend.filterbank.center'], { shape: [200_000_000, 0], data_offsets: [0, 0] })
  expect(refusal(() => readFrontend(putTogether(own.header, own.data.subarray(size)))).message).toMatch(
    /center" shape holds 0 numbers/,
  )
})

describe('half precision', () => {
  test.each([
    ['F16', [0x3c00, 0xc000, 0x0001, 0x7bff, 0x3555], [1, -2, 2 ** -24, 65504, 0.333251953125]],
    [
      'BF16',
      [0x3f80, 0xc000, 0x0001, 0x7f7f, 0x3eab],
      [1, -2, 2 ** -133, 3.3895313892515355e38, 0.333984375],
    ],
  ])('%s is read exactly', (dtype, codes, values) => {
    const { header, data } = takeApart(safetensors({ ...LEAF }))
    // A single number stands for all channels; one of its bounds clips what is too large for it.
    for (const [i, code] of codes.entries()) {
      const changed: Record<string, unknown> = {
        ...header,
        '_pooling._bias': { dtype, shape: [4], data_offsets: [data.length, data.length + 8] },
      }
      const [begin, end] = header['_pooling._bias'].data_offsets as number[]
      changed['rest.of.the.old'] = { dtype: 'F32', shape: [(end - begin) / 4], data_offsets: [begin, end] }
      const file = putTogether(
        changed,
        Uint8Array.of(...data, ...new Uint8Array(Uint16Array.of(code, code, code, code).buffer)),
      )
      const { frontend, clipped } = importFrontend(file)
      if (clipped.length === 0) expect(frontend.pooling).toMatchObject({ bias: new Array(4).fill(values[i]) })
    }
  })

  test.each([
    ['F16', 0x7c00, 'Infinity'],
    ['F16', 0x7e00, 'NaN'],
    ['BF16', 0xff80, '-Infinity'],
  ])('%s %i is refused as %s', (dtype, code, shown) => {
    const { header, data } = takeApart(safetensors(LEAF))
    Object.assign(header, {
      '_compression.alpha': { dtype, shape: [4], data_offsets: header['_compression.alpha'].data_offsets },
    })
    const [begin, end] = header['_compression.alpha'].data_offsets as number[]
    // Half the bytes of the numbers that were there; the rest is named by another tensor.
    header['_compression.alpha'].data_offsets = [begin, begin + 8]
    header.other = { dtype: 'U8', shape: [end - begin - 8], data_offsets: [begin + 8, end] }
    new DataView(data.buffer, data.byteOffset).setUint16(begin + 2, code, true)
    expect(refusal(() => importFrontend(putTogether(header, data))).message).toMatch(
      `alpha" has ${shown} at place 1`,
    )
  })
})

describe('wrappers in names', () => {
  test.each([
    ['around the whole', (name: string) => `_orig_mod.features.${name}`, '_orig_mod.features.'],
    ['around the frontend', (name: string) => `features._orig_mod.${name}`, 'features._orig_mod.'],
    [
      'around the frontend twice',
      (name: string) => `module._orig_mod.features.${name}`,
      'module._orig_mod.features.',
    ],
    [
      'within it',
      (name: string) => `features.${name.replace('_complex_conv.', '_complex_conv._orig_mod.')}`,
      'features.',
    ],
    [
      'at every place',
      (name: string) => `module.features._orig_mod.${name.replaceAll('.', '.module.')}`,
      'module.features._orig_mod.',
    ],
    [
      'around one part',
      (name: string) => (name.startsWith('_pooling') ? `features.module.${name}` : `features.${name}`),
      'features.',
    ],
  ])('%s are left out', (_, rename, prefix) => {
    const { frontend, layout, prefix: found } = importFrontend(safetensors(renamed(LEAF, rename)))
    expect({ layout, found }).toEqual({ layout: 'leaf-pytorch', found: prefix })
    expect(frontend).toEqual(PLAIN)
  })

  test('do not hide that there are two frontends', () => {
    const twice = { ...LEAF, ...renamed(LEAF, (name) => `module.${name}`) }
    expect(refusal(() => importFrontend(safetensors(twice))).message).toMatch(
      /a frontend under "" and another under "module\."/,
    )
  })
})

function npy(type: string, shape: string, data: Uint8Array, order = 'False'): Uint8Array {
  const text = new TextEncoder().encode(
    `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`,
  )
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0, ...text, ...data)
}

/** An npz file whose arrays are of a type, by columns where wanted. */
function npz(
  tensors: Tensors,
  type: string,
  more: Record<string, Uint8Array> = {},
  byColumns = false,
  level: 0 | 1 = 1,
): Uint8Array {
  const files: Record<string, Uint8Array> = { ...more }
  for (const [name, tensor] of Object.entries(tensors)) {
    if (tensor === undefined) continue
    const { shape } = tensor
    const values = byColumns ? columnsOf(tensor) : Array.from(tensor.values)
    const size = Number(type.slice(2))
    const data = new DataView(new ArrayBuffer(values.length * size))
    const little = type.startsWith('<')
    values.forEach((value, i) => {
      if (size === 8) data.setFloat64(i * 8, value, little)
      else data.setFloat32(i * 4, value, little)
    })
    const sizes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
    files[`${name}.npy`] = npy(type, sizes, new Uint8Array(data.buffer), byColumns ? 'True' : 'False')
  }
  return zipSync(files, { level })
}

function columnsOf({ shape, values }: Tensors[string]): number[] {
  if (shape.length !== 2) return Array.from(values)
  const [rows, columns] = shape
  return Array.from({ length: values.length }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)])
}
