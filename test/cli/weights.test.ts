import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { preset } from '../../src/frontend/index.ts'
import { importFrontend, readFrontend, readModel, writeFrontend, writeModel } from '../../src/model/index.ts'
import { floatWav } from '../audio-file/wav-bytes.ts'
import expected from '../golden/checkpoints/expected.json' with { type: 'json' }
import { goldenSignal } from '../golden/signal.ts'
import { tinyModel } from '../model/tiny-model.ts'
import { tinyYamnet } from '../model/tiny-tflite.ts'
import { readNpy } from './read-npy.ts'
import { runCli } from './run-cli.ts'

const golden = (name: string) => join(import.meta.dirname, '../golden/checkpoints', name)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-weights-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('import', () => {
  it('writes a frontend that features takes, and tells what it did', async () => {
    const out = join(folder, 'denfed.safetensors')
    const { code, stdout, stderr } = await runCli('import', golden('denfed.safetensors'), '--out', out)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(
      /weights of +leaf-audio-pytorch \(denfed\) \(layout denfed\): safetensors, 8 tensors\n/,
    )
    expect(stderr).toMatch(
      /beyond bounds +filterbank.sigma .* in 2 channels \(1, 2\): set to the bound, as the library/,
    )
    expect(stderr).toMatch(/denfed\.safetensors written\.\n$/)
    expect(readFrontend(await readFile(out))).toEqual(
      importFrontend(await readFile(golden('denfed.safetensors'))).frontend,
    )

    const sound = join(folder, 'sound.wav')
    await writeFile(sound, floatWav(Float32Array.from(goldenSignal(16000)), 16000))
    const features = join(folder, 'features.npy')
    expect((await runCli('features', sound, '--frontend', out, '--out', features)).code).toBe(0)
    const { rows, columns, values } = await readNpy(features)
    const run = expected.denfed.runs['16000']
    expect([rows, columns]).toEqual([run.frames, 40])
    for (const [frame, row] of Object.entries(run.at)) {
      row.forEach((value, n) => {
        expect(Math.abs(values[Number(frame) * columns + n] - value)).toBeLessThan(1e-4)
      })
    }
  })

  it('writes YAMNet as a model with the names of its class map', async () => {
    const [file, names, out] = ['tiny.tflite', 'class_map.csv', 'tiny.safetensors'].map((name) =>
      join(folder, name),
    )
    await writeFile(file, tinyYamnet().bytes)
    await writeFile(names, 'index,mid,display_name\n0,/m/1,Beep\n1,/m/2,"Hum, drone"\n')
    const unnamed = await runCli('import', file, '--out', out)
    expect(unnamed).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Add --labels yamnet_class_map.csv'),
    })
    const { code, stdout, stderr } = await runCli('import', file, '--labels', names, '--out', out)
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: '' })
    expect(stderr).toMatch(/model +YAMNet: 2 labels, 92 weights, .* MB\n/)
    expect(readModel(await readFile(out)).labels).toEqual(['Beep', 'Hum, drone'])
    await writeFile(names, 'index,mid,display_name\n1,/m/1,Beep\n')
    const wrong = await runCli('import', file, '--labels', names, '--out', out)
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('name 1 has the index 1, not 0') })
  })

  it('takes a profile and sizes', async () => {
    const out = join(folder, 'sizes.safetensors')
    const sizes = ['--sample-rate', '8000', '--window-ms', '32', '--hop-ms', '8']
    const file = golden('speechbrain.safetensors')
    expect((await runCli('import', file, '--out', out, '--profile', 'tensorflow', ...sizes)).code).toBe(0)
    expect(readFrontend(await readFile(out))).toMatchObject({
      sampleRate: 8000,
      windowMs: 32,
      hopMs: 8,
      alignment: { poolingLeft: 96 },
    })
  })

  it.each([
    [['import', 'no-such.npz', '--out', 'x'], /no-such\.npz cannot be read/],
    [['import', 'README.md', '--out', 'x'], /cannot be imported: it is no sound safetensors or npz file/],
    [['import', golden('tf-leaf.npz'), '--out', '/no/x'], /\/no\/x cannot be written/],
    [
      ['import', golden('denfed.safetensors'), '--out', 'x', '--window-ms', '32'],
      /of windows of 401 samples, but 32 ms at 16000 Hz are 513/,
    ],
    [
      ['features', 'a.wav', '--out', 'x', '--frontend', golden('denfed.safetensors')],
      /on the command line by import/,
    ],
    [['export', 'mel-log', '--layout', 'denfed', '--out', 'x'], /has no filterbank mel/],
  ])('%j is an error in a sentence', async (words, sentence) => {
    const { code, stdout, stderr } = await runCli(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    await expect(access('x')).rejects.toThrow('ENOENT')
  })
})

describe('export', () => {
  it('writes weights that import takes, of a frontend, a model or a preset', async () => {
    const frontend = join(folder, 'frontend.safetensors')
    const model = join(folder, 'model.safetensors')
    await writeFile(frontend, writeFrontend(preset('leaf', { channels: 6 })))
    await writeFile(model, writeModel(tinyModel()))
    for (const [choice, channels] of [
      [frontend, 6],
      [model, 4],
      ['leaf', 40],
    ] as const) {
      const out = join(folder, 'weights.npz')
      const { code, stdout, stderr } = await runCli('export', choice, '--layout', 'tensorflow', '--out', out)
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
      expect(stderr).toMatch(/build leaf-audio \(TensorFlow\) for \d+ filters at 16000 Hz/)
      expect(importFrontend(await readFile(out))).toMatchObject({
        layout: 'tensorflow',
        frontend: { channels },
      })
    }
  })
})

describe('info', () => {
  it('tells what weights are and what importing them would do', async () => {
    const { code, stdout, stderr } = await runCli('info', golden('leaf-pytorch-64-dataparallel.safetensors'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^weights of +leaf-pytorch .*7 tensors under "module.features."\n/)
    expect(stdout).toMatch(
      /beyond bounds +filterbank.sigma \(at least 1.49913, at most 150.287\) in 5 channels/,
    )
    expect(stdout).toMatch(
      /frontend +64 channels at 16000 Hz, windows of 25 ms \(401 samples\) every 10 ms \(160\)\n/,
    )
    expect(stdout).toMatch(/filterbank +gabor: centres 0 to 7445 Hz/)
    expect(stdout).toMatch(/pooling .* ms, bias 0.403 to 1.688; the first window begins 200 samples/)
    expect(stdout).toMatch(/compression +pcen: alpha 0.7136 to 1, .*root 1 to 2.866, .* ms\), floor 1e-12\n$/)
  })

  it('tells what our own files and descriptions are', async () => {
    const model = join(folder, 'own-model.safetensors')
    await writeFile(model, writeModel(tinyModel()))
    const frontend = join(folder, 'own-frontend.safetensors')
    await writeFile(frontend, writeFrontend(preset('sincnet', { channels: 3 })))
    const json = join(folder, 'own.json')
    await writeFile(json, JSON.stringify(preset('mel-log')))
    const told = async (file: string) => (await runCli('info', file)).stdout
    expect(await told(model)).toMatch(
      /^what +a model: tiny\nlabels +beep, hum\nclassifier +38 weights, windows of 0.06 s every 0.02 s\nfrontend +4 channels/,
    )
    expect(await told(frontend)).toMatch(
      /^what +a frontend\nfrontend +3 channels[\s\S]*layer-norm: gamma 1, beta 0/,
    )
    expect(await told(json)).toMatch(/^what +a frontend's description\n[\s\S]*mel: centres 106.1 to 7314 Hz/)
    expect(await told('gammatone')).toMatch(/^what +a preset\n[\s\S]*order 4/)
  })

  it('says why a file is nothing of that', async () => {
    const { code, stdout, stderr } = await runCli('info', 'README.md')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/no sound safetensors or npz file/)
  })
})
