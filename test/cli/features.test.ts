import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAudioFile } from '../../src/audio-file/index.ts'
import { preset, reference } from '../../src/frontend/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { compilePlan, designResampler, type Plan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { floatWav } from '../audio-file/wav-bytes.ts'
import { tinyModel } from '../model/tiny-model.ts'
import { readNpy } from './read-npy.ts'
import { runCli } from './run-cli.ts'

const FIXTURES = join(import.meta.dirname, '../audio-file/fixtures')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Noise with a tone that comes and goes. */
function sound(count: number, rate: number): Float32Array {
  let state = 7
  return Float32Array.from({ length: count }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    const tone = Math.sin((2 * Math.PI * 800 * i) / rate) * Math.sin((2 * Math.PI * i) / rate) ** 2
    return 0.02 * (state / 2 ** 31) + 0.4 * tone
  })
}

async function wavFile(name: string, samples: Float32Array, rate: number): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, floatWav(samples, rate))
  return path
}

const leaf = compilePlan(preset('leaf'))
const mel = compilePlan(preset('mel-log'))

/** What the engine gives for the whole clip at once. */
function clipFeatures(samples: Float32Array, rate: number, plan: Plan) {
  return new Engine(plan, designResampler(rate, plan.sampleRate)).clip(samples)
}

async function decode(path: string): Promise<{ samples: Float32Array; rate: number }> {
  const { blocks, sampleRate } = await openAudioFile(path)
  const samples: number[] = []
  for await (const block of blocks) samples.push(...block)
  return { samples: Float32Array.from(samples), rate: sampleRate }
}

describe('features', () => {
  it.each([16000, 44100, 48000, 8000])(
    'of a stream at %i Hz equal those of the whole clip, bit for bit',
    async (rate) => {
      const samples = sound(3 * rate + 77, rate)
      const file = await wavFile(`noise-${rate}.wav`, samples, rate)
      const out = join(folder, 'stream.npy')
      const { code, stdout, stderr } = await runCli('features', file, '--out', out)
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
      expect(stderr).toMatch(
        /^3\.0 s of sound in \S+ s, \d+ × real time: \d+ frames × 40 channels in .*stream\.npy\n$/,
      )
      const { rows, values } = await readNpy(out)
      const whole = clipFeatures(samples, rate, leaf)
      expect(rows).toBe(whole.frames)
      expect(values).toEqual(whole.values)
    },
  )

  it.each(['stereo-44100.flac', 'stereo-44100.ogg', 'stereo-48000.opus', 'stereo-44100.mp3'])(
    'of %s',
    async (name) => {
      const file = join(FIXTURES, name)
      const out = join(folder, `${name}.npy`)
      expect((await runCli('features', file, '--frontend', 'mel-log', '--out', out)).code).toBe(0)
      const { samples, rate } = await decode(file)
      expect((await readNpy(out)).values).toEqual(clipFeatures(samples, rate, mel).values)
    },
  )

  it('without filters are the samples of the file, from either engine', async () => {
    const samples = sound(8000, 16000)
    const file = await wavFile('samples.wav', samples, 16000)
    for (const engine of ['stream', 'reference']) {
      const out = join(folder, `samples-${engine}.npy`)
      const words = ['features', file, '--frontend', 'samples', '--out', out, '--engine', engine]
      expect(await runCli(...words)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('50 frames × 160'),
      })
      expect((await readNpy(out)).values).toEqual(samples)
    }
  })

  it('of the reference engine are the float64 mathematics', async () => {
    const samples = sound(8000, 16000)
    const file = await wavFile('short.wav', samples, 16000)
    const out = join(folder, 'reference.npy')
    expect((await runCli('features', file, '--out', out, '--engine', 'reference')).code).toBe(0)
    const { values } = await readNpy(out)
    expect(values).toEqual(Float32Array.from(reference(preset('leaf'), samples).values))
  })

  it('of both engines agree at another rate', async () => {
    const file = await wavFile('other-rate.wav', sound(22050, 44100), 44100)
    const [stream, slow] = [join(folder, 'a.npy'), join(folder, 'b.npy')]
    await runCli('features', file, '--out', stream)
    await runCli('features', file, '--out', slow, '--engine', 'reference')
    const [a, b] = [await readNpy(stream), await readNpy(slow)]
    expect(a.rows).toBe(b.rows)
    expect(Math.max(...a.values.map((v, i) => Math.abs(v - b.values[i])))).toBeLessThan(2e-4)
  })

  it('with the frontend of a preset, a JSON file, a model file', async () => {
    const samples = sound(16000, 16000)
    const file = await wavFile('choice.wav', samples, 16000)
    const json = join(folder, 'frontend.json')
    await writeFile(json, JSON.stringify(preset('leaf', { channels: 24 })))
    const model = tinyModel()
    const modelFile = join(folder, 'tiny.safetensors')
    await writeFile(modelFile, writeModel(model))
    const choices: [string[], Plan][] = [
      [['--frontend', 'mel-log'], mel],
      [['--frontend', json], compilePlan(preset('leaf', { channels: 24 }))],
      [['--model', modelFile], compilePlan(model.frontend)],
    ]
    for (const [words, plan] of choices) {
      const out = join(folder, 'choice.npy')
      expect(await runCli('features', file, '--out', out, ...words)).toMatchObject({ code: 0 })
      expect((await readNpy(out)).values).toEqual(clipFeatures(samples, 16000, plan).values)
    }
  })

  it('say how many samples were no numbers', async () => {
    const samples = sound(16000, 16000)
    samples[5000] = Number.NaN
    samples[6000] = Number.POSITIVE_INFINITY
    const file = await wavFile('nan.wav', samples, 16000)
    const out = join(folder, 'nan.npy')
    const { stderr } = await runCli('features', file, '--frontend', 'mel-log', '--out', out)
    expect(stderr).toContain('2 samples were no finite numbers and counted as zero.')
    expect((await readNpy(out)).values.every(Number.isFinite)).toBe(true)
  })
})

describe('an error', () => {
  it('is a sentence and exit code 1, and leaves no output behind', async () => {
    const flac = await readFile(join(FIXTURES, 'stereo-44100.flac'))
    const cut = join(folder, 'cut.flac')
    await writeFile(cut, flac.subarray(0, 15000))
    const out = join(folder, 'none.npy')
    const { code, stderr } = await runCli('features', cut, '--out', out)
    expect(code).toBe(1)
    expect(stderr).toMatch(/cut\.flac: the file is cut off or damaged .* Copy or download it again\.\n$/)
    expect(stderr).not.toContain('    at ')
    await expect(access(out)).rejects.toThrow('ENOENT')
  })

  it.each([
    [['features', 'no-such.wav', '--out', 'x.npy'], /no-such\.wav: there is no such file/],
    [
      ['features', join(FIXTURES, 'pcm8-mono-8000.wav'), '--out', '/no/x.npy'],
      /\/no\/x\.npy cannot be written/,
    ],
    [
      ['features', 'a.wav', '--out', 'x.npy', '--frontend', 'bark'],
      /frontend bark cannot be read.*leaf, mel-log/,
    ],
    [['features', 'a.wav', '--out', 'x.npy', '--frontend', 'README.md'], /README\.md is not JSON/],
    [['features', 'a.wav', '--out', 'x.npy', '--model', 'README.md'], /model/i],
    [['detect', 'a.wav', '--model', 'no-such.safetensors'], /no-such\.safetensors cannot be read/],
  ])('%j', async (words, sentence) => {
    const { code, stdout, stderr } = await runCli(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('is what the reference engine gives for more than a minute', async () => {
    const file = await wavFile('long.wav', new Float32Array(8000 * 61), 8000)
    const { code, stderr } = await runCli(
      'features',
      file,
      '--out',
      join(folder, 'x.npy'),
      '--engine',
      'reference',
    )
    expect(code).toBe(1)
    expect(stderr).toContain('at most 60 s of sound')
  })
})

it('--help names every command', async () => {
  const { code, stdout, stderr } = await runCli('--help')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/features FILE[\s\S]*detect FILE[\s\S]*import FILE[\s\S]*export M[\s\S]*info FILE/)
})
