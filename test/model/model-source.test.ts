import { expect, test } from 'vitest'
import type { LeafError } from '../../src/error.ts'
import { type ModelSource, modelBytes, readModel, writeModel } from '../../src/model/index.ts'
import { tinyModel } from './tiny-model.ts'

const file = Uint8Array.from(writeModel(tinyModel()))
const within = new Uint8Array(file.length + 20)
within.set(file, 10)
const shared = new SharedArrayBuffer(file.length)
new Uint8Array(shared).set(file)
const page = '<!doctype html><title>App</title>'

const sources: Record<string, () => ModelSource> = {
  'a typed array': () => file,
  'a view of a part of a buffer': () => new DataView(within.buffer, 10, file.length),
  'a typed array of other numbers': () => new Uint16Array(file.buffer, 0, file.length / 2),
  'an ArrayBuffer': () => file.buffer,
  'shared memory': () => shared,
  'a Blob': () => new Blob([file]),
  'a File': () => new File([file], 'model.safetensors'),
  'a Response': () => new Response(file),
  'an address as URL': () => new URL(`data:,${[...file].map(escaped).join('')}`),
  'an address as text': () => `data:,${[...file].map(escaped).join('')}`,
}

function escaped(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`
}

const refusal = (source: unknown): Promise<LeafError> =>
  (async () => readModel(await modelBytes(source as ModelSource)))().then(
    () => expect.unreachable(),
    (error) => error,
  )

test.each(Object.entries(sources))('%s holds a model', async (_, make) => {
  expect(readModel(await modelBytes(make()))).toEqual(tinyModel())
})

test('what the caller does to its bytes afterwards changes nothing', async () => {
  const given = file.slice()
  const bytes = await modelBytes(given)
  structuredClone(given, { transfer: [given.buffer] })
  expect(readModel(bytes)).toEqual(tinyModel())
})

test.each([
  ['bytes of a web page', () => new TextEncoder().encode(page), /is a web page/],
  ['a Blob of one', () => new Blob([page]), /is a web page/],
  ['a Response with one', () => new Response(page), /is a web page/],
  ['a Response with JSON', () => Response.json({ error: 'gone' }), /is JSON of an error: "gone"/],
  ['a Response of a file that is not there', () => new Response('', { status: 404 }), /HTTP status 404/],
  ['a Response without a body', () => new Response(null, { status: 204 }), /HTTP status 204/],
  ['an empty buffer', () => new ArrayBuffer(0), /model file/],
])('%s is refused by what it is', async (_, make, message) => {
  const error = await refusal(make())
  expect(error.code).toBe('model-file')
  expect(error.message).toMatch(message)
})

test('a Response that was read before is refused', async () => {
  const response = new Response(file)
  await response.arrayBuffer()
  expect(await refusal(response)).toMatchObject({
    code: 'arguments',
    message: expect.stringMatching(/read before/),
  })
})

test('one that somebody else is reading, too', async () => {
  const response = new Response(file)
  response.body!.getReader()
  expect(await refusal(response)).toMatchObject({
    code: 'arguments',
    message: expect.stringMatching(/being read/),
  })
})

test.each<[string, (bytes: Uint8Array) => unknown]>([
  ['a typed array', (bytes) => bytes],
  ['an ArrayBuffer', ({ buffer }) => buffer],
  ['a DataView', ({ buffer }) => new DataView(buffer)],
])('%s whose bytes went to another thread is refused as that', async (_, make) => {
  const bytes = file.slice()
  const source = make(bytes)
  structuredClone(null, { transfer: [bytes.buffer] })
  expect(await refusal(source)).toMatchObject({
    code: 'arguments',
    message: expect.stringMatching(/detached/),
  })
})

test.each(['', '  '])('an address that is empty is refused, and not asked for', async (address) => {
  expect(await refusal(address)).toMatchObject({
    code: 'arguments',
    message: expect.stringMatching(/address of the model is empty/),
  })
})

test.each([[null], [5], [{}], [[1, 2]], [Promise.resolve(file)], [tinyModel()]])(
  '%o is no model',
  async (source) => {
    expect(await refusal(source)).toMatchObject({
      code: 'arguments',
      message: expect.stringMatching(/This is no model/),
    })
  },
)

test('it is given up where it is told to, whatever it is', async () => {
  const control = new AbortController()
  const reason = new Error('another model was chosen')
  const endless = new Response(new ReadableStream({ start: (pieces) => pieces.enqueue(new Uint8Array(1)) }))
  const reading = modelBytes(endless, { signal: control.signal })
  setTimeout(() => control.abort(reason), 20)
  await expect(reading).rejects.toBe(reason)
  await expect(modelBytes(file, { signal: control.signal })).rejects.toBe(reason)
})
