import { spawn } from 'node:child_process'
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FrontendDescription } from '../../src/frontend/index.ts'
import { floatWav } from '../audio-file/wav-bytes.ts'
import { readNpy } from '../cli/read-npy.ts'
import { seeded } from '../engine/signals.ts'

// A family of filters, a pooling and a compression that are not in the repository, as src/frontend/README.md tells how
// to add them: its three files and its three lines, in a copy of the sources.

const ROOT = join(import.meta.dirname, '../..')
const BOOK = 'src/frontend/README.md'

/** What the copy is made of: all but learning, which needs TensorFlow.js's types. */
const COPIED = ['worklet', 'package.json', 'tsconfig.json', 'src'] as const

const checked = {
  extends: './tsconfig.json',
  compilerOptions: { allowJs: false, checkJs: false },
  include: [
    'frontend',
    'plan',
    'gradient/*.ts',
    'model',
    'view',
    'cli/frontend-summary.ts',
    'cli/choose-frontend.ts',
  ]
    .map((path) => `src/${path}`)
    .concat('worklet/engine.ts'),
}

let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'leaf-parts-'))
  const isCopied = (path: string) => path !== join(ROOT, 'src/learning')
  for (const name of COPIED) {
    await cp(join(ROOT, name), join(copy, name), { recursive: true, filter: isCopied })
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const book = await readFile(join(ROOT, BOOK), 'utf8')
  for (const [, path, text] of book.matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms)) {
    await writeFile(join(copy, path), text)
  }
  for (const [, room, line] of book.matchAll(/registered in `(\w+)\/families\.ts` by `(export [^`]+)`/g)) {
    await appendFile(join(copy, `src/frontend/${room}/families.ts`), `${line}\n`)
  }
  await writeFile(join(copy, 'tsconfig.parts.json'), JSON.stringify(checked))
})
afterAll(() => rm(copy, { recursive: true }))

/** A module of the copy, typed as the repository's own. */
async function copied<Module>(path: string): Promise<Module> {
  return import(/* @vite-ignore */ pathToFileURL(join(copy, path)).href)
}

const frontendModule = () => copied<typeof import('../../src/frontend/index.ts')>('src/frontend/index.ts')
const planModule = () => copied<typeof import('../../src/plan/index.ts')>('src/plan/index.ts')
const engineModule = () => copied<typeof import('../../worklet/engine.ts')>('worklet/engine.ts')

/** Runs a program of Node in the copy. @returns its exit code and all that it printed. */
function run(...words: string[]): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, words, { cwd: copy })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, printed }))
  })
}

const compiler = (project: string) => run('node_modules/typescript/bin/tsc', '-p', project)

/** LEAF at 8 kHz with one part or all parts made up. */
async function madeUp(parts: Partial<Record<'filterbank' | 'pooling' | 'compression', string>>) {
  const { filterbanks, poolings, compressions, geometryOf, parseFrontend, preset } = await frontendModule()
  const registries: Record<string, object> = {
    filterbank: filterbanks,
    pooling: poolings,
    compression: compressions,
  }
  const leaf = preset('leaf', { channels: 5, sampleRate: 8000 })
  const changed = Object.entries(parts).map(([part, kind]) => {
    const families = registries[part] as typeof compressions
    return [part, families[kind as keyof typeof families].initial(geometryOf(leaf))]
  })
  return parseFrontend({ ...leaf, ...Object.fromEntries(changed) })
}

const ALL = { filterbank: 'hann', pooling: 'sine-power', compression: 'onset' }
const MIXTURES = [{ filterbank: 'hann' }, { pooling: 'sine-power' }, { compression: 'onset' }, ALL]

/** Tones over noise that begin and end. */
const random = seeded(5)
const sound = Float32Array.from({ length: 4000 }, (_, i) => {
  const tone = i > 900 && i < 2600 ? 0.3 * Math.sin(0.7 * i) + 0.2 * Math.sin(0.2 * i) : 0
  return tone + 0.1 * (random() * 2 - 1)
})

test('the compiler takes them', async () => {
  expect(await compiler('tsconfig.parts.json')).toEqual({ code: 0, printed: '' })
})

describe.each(MIXTURES)('%o', (parts) => {
  test('the engine computes what the reference does, the same bits however the stream is cut', async () => {
    const { reference } = await frontendModule()
    const { compilePlan } = await planModule()
    const { Engine } = await engineModule()
    const frontend = await madeUp(parts)
    const expected = reference(frontend, sound)
    const engine = new Engine(compilePlan(frontend), null)
    const { frames, channels, values } = engine.clip(sound)
    expect([frames, channels]).toEqual([expected.frames, expected.channels])
    const errors = values.map((value, i) => Math.abs(value - expected.values[i]))
    expect(Math.max(...errors)).toBeLessThan(2e-4)
    expect(Math.max(...expected.values) - Math.min(...expected.values)).toBeGreaterThan(1)
    engine.reset()
    const streamed: number[] = []
    for (let start = 0; start < sound.length; start += 128) {
      engine.push(sound.subarray(start, start + 128), (_, frame) => streamed.push(...frame))
    }
    expect(streamed.length).toBeGreaterThan(0.8 * values.length)
    expect(streamed).toEqual(Array.from(values.subarray(0, streamed.length)))
  })

  test('learning has the gradients of central differences', async () => {
    const { reference } = await frontendModule()
    const { LearnableFrontend } =
      await copied<typeof import('../../src/gradient/index.ts')>('src/gradient/index.ts')
    const learnable = new LearnableFrontend(await madeUp(parts), sound.length)
    for (const { values, steps } of learnable.parameters) {
      values.forEach((_, i) => (values[i] -= 0.1 * random() * steps[i]))
    }
    learnable.update()
    const outer = learnable.forward([sound]).map(() => random() * 2 - 1)
    const gradients = learnable.backward(outer)
    const lossAt = (values: Float64Array, i: number, value: number) => {
      const before = values[i]
      values[i] = value
      learnable.update()
      values[i] = before
      return reference(learnable.describe(), sound).values.reduce((sum, y, k) => sum + y * outer[k], 0)
    }
    for (const [p, { part, values, steps }] of learnable.parameters.entries()) {
      if (!(part in parts)) continue
      const differences = Array.from(values, (value, i) => {
        const step = 1e-5 * steps[i]
        return (lossAt(values, i, value + step) - lossAt(values, i, value - step)) / (2 * step)
      })
      const largest = Math.max(...differences.map(Math.abs))
      const errors = differences.map((expected, i) => Math.abs(gradients[p][i] - expected) / largest)
      expect(Math.max(...errors)).toBeLessThan(1e-3)
    }
  })
})

test('views draw them', async () => {
  const { filterCurves } = await copied<typeof import('../../src/view/filters/curves.ts')>(
    'src/view/filters/curves.ts',
  )
  const { panels, panelNames } = await copied<typeof import('../../src/view/filters/panels/index.ts')>(
    'src/view/filters/panels/index.ts',
  )
  const { FrequencyScale } =
    await copied<typeof import('../../src/view/filters/scale.ts')>('src/view/filters/scale.ts')
  const { lightTheme } =
    await copied<typeof import('../../src/view/filters/theme.ts')>('src/view/filters/theme.ts')
  const { toneOf } = await copied<typeof import('../../src/view/tone.ts')>('src/view/tone.ts')
  const frontend = await madeUp(ALL)
  const curves = filterCurves(frontend, null)
  const scale = new FrequencyScale('mel', frontend.sampleRate)
  for (const name of panelNames) {
    const subject = { learned: curves, initial: curves, beneath: 'initial', selected: 2, scale }
    const { layers } = panels[name].draw(subject, { width: 560, height: 260 }, lightTheme)
    const shapes = layers.flatMap((layer) => layer.shapes)
    const lines = shapes.filter((shape) => shape.kind === 'line')
    const longest = Math.max(...lines.map(({ points }) => points.length))
    const marks = shapes.filter(({ kind }) => kind === (name === 'heat' ? 'area' : 'dot')).length
    // A curve, cells of a map or dots, not axes alone.
    expect([name, longest > 40 || marks >= 15]).toEqual([name, true])
  }
  expect(toneOf(frontend.compression)(5)).toBe(1)
})

test('a model file gives them back, every number exact, and other libraries do not take them', async () => {
  const { readFrontend, writeFrontend, exportFrontend, exportLayouts } =
    await copied<typeof import('../../src/model/index.ts')>('src/model/index.ts')
  const frontend = await madeUp(ALL)
  expect(readFrontend(writeFrontend(frontend))).toEqual(frontend)
  for (const parts of MIXTURES) {
    const some = await madeUp(parts)
    for (const layout of exportLayouts) {
      expect(() => exportFrontend(some, layout)).toThrow(new RegExp(Object.values(parts).join('|')))
    }
  }
})

test('a value that is out of bounds is refused by its path', async () => {
  const { parseFrontend } = await frontendModule()
  const spoilt = (change: (frontend: FrontendDescription) => object) => async () =>
    parseFrontend({ ...(await madeUp(ALL)), ...change(await madeUp(ALL)) })
  await expect(spoilt(() => ({ pooling: { kind: 'sine-power', power: [6, 6, 1, 6, 6] } }))()).rejects.toThrow(
    /pooling\.power\[2\] is 1, below its bound 2/,
  )
  await expect(spoilt(() => ({ compression: { kind: 'onsets' } }))()).rejects.toThrow(
    /Choose one of .*onset, pcen/,
  )
})

test('the command line computes their features and tells what they are', async () => {
  const { reference } = await frontendModule()
  const { frontendSummary } = await copied<typeof import('../../src/cli/frontend-summary.ts')>(
    'src/cli/frontend-summary.ts',
  )
  const frontend = await madeUp(ALL)
  expect(Object.fromEntries(frontendSummary(frontend))).toMatchObject({
    filterbank: expect.stringMatching(/^hann: the first at 0\.\d+ rad a sample$/),
    pooling: expect.stringMatching(/^sine-power: the first of power 6; the first window begins/),
    compression: 'onset: the first gain 100',
  })
  await writeFile(join(copy, 'tone.wav'), floatWav(sound, frontend.sampleRate))
  await writeFile(join(copy, 'frontend.json'), JSON.stringify(frontend))
  const words = ['features', 'tone.wav', '--frontend', 'frontend.json', '--out', 'features.npy']
  const { code, printed } = await run('--import', 'tsx', 'src/cli/index.ts', ...words)
  expect([code, printed]).toEqual([0, expect.stringContaining('features.npy')])
  const { rows, columns, values } = await readNpy(join(copy, 'features.npy'))
  const expected = reference(frontend, sound)
  expect([rows, columns]).toEqual([expected.frames, expected.channels])
  const errors = Array.from(values, (value, i) => Math.abs(value - expected.values[i]))
  expect(Math.max(...errors)).toBeLessThan(2e-4)
})

test('a compression in the registry of the kernel’s is asked for what the kernel needs', async () => {
  const [own, kernels] = ['families.ts', 'kernel-families.ts'].map((name) =>
    join(copy, 'src/frontend/compression', name),
  )
  const [before, after] = await Promise.all([readFile(own, 'utf8'), readFile(kernels, 'utf8')])
  const line = before.split('\n').find((some) => some.includes('onset'))!
  await writeFile(own, before.replace(`${line}\n`, ''))
  await writeFile(kernels, `${after}${line}\n`)
  const project = { ...checked, include: ['src/plan/compression.ts', 'worklet/compressor.ts'] }
  await writeFile(join(copy, 'tsconfig.kernel.json'), JSON.stringify(project))
  const { code, printed } = await compiler('tsconfig.kernel.json')
  expect(code).not.toBe(0)
  for (const file of ['src/plan/compression.ts', 'worklet/compressor.ts']) expect(printed).toContain(file)
})
