import { expect, test } from 'vitest'
import { Classifier } from '../src/classifier/index.ts'
import { preset } from '../src/frontend/index.ts'
import { cutRecording, ExampleStore } from '../src/learning/teaching/index.ts'
import { fetchModel, importFrontend, modelBytes } from '../src/model/index.ts'

/** What TypeScript forbids and JavaScript does not. */
const options = { samplerate: 8000 } as object

test.each<[string, () => unknown]>([
  ['importFrontend()', () => importFrontend(new Uint8Array(0), options)],
  ['fetchModel()', () => fetchModel('events.safetensors', options)],
  ['modelBytes()', () => modelBytes(new Uint8Array(8), options)],
  ['swap()', () => new Classifier().swap('other.safetensors', [], options)],
  ['cutRecording()', () => cutRecording(new Float32Array(16000), { sampleRate: 16000, ...options })],
  ['ExampleStore.open()', () => ExampleStore.open({ sampleRate: 16000, ...options })],
])('%s names an option that it has not', async (caller, call) => {
  await expect(async () => call()).rejects.toMatchObject({
    code: 'arguments',
    message: expect.stringContaining(`${caller} has no option "samplerate".`),
  })
})

test('a preset names an option that it has not', () => {
  expect(() => preset('leaf', options)).toThrow('samplerate is unknown')
})

test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, '16000', 20, 16000.5])(
  'examples of a sample rate that no frontend has are refused: %s',
  async (wrong) => {
    const given = { sampleRate: wrong as number }
    const refused = { code: 'arguments', message: expect.stringContaining('Pass that of the base model') }
    await expect(ExampleStore.open(given)).rejects.toMatchObject(refused)
    await expect(async () => cutRecording(new Float32Array(16000), given)).rejects.toMatchObject(refused)
  },
)
