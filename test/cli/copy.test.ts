import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyFiles } from '../../src/cli/copy/index.ts'

const FILES = [
  'classifier.worker.js',
  'leaf.worklet.js',
  'plan.worker.js',
  'teaching.worker.js',
  'tfjs-backend-wasm-simd.wasm',
]
let folder: string
let built: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-copy-'))
  built = join(folder, 'built')
  await fill(built, [...FILES, 'index.js', 'events.safetensors', 'keywords.safetensors'])
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function fill(place: string, names: string[]): Promise<void> {
  await mkdir(place)
  for (const name of names) await writeFile(join(place, name), `the ${name}`)
}

test('the files that a page fetches go into a folder that is made, and no others', async () => {
  const to = join(folder, 'new/dist')
  expect((await copyFiles(built, to, [])).sort()).toEqual(FILES)
  expect((await readdir(to)).sort()).toEqual(FILES)
  expect(await readFile(join(to, FILES[0]), 'utf8')).toBe(`the ${FILES[0]}`)
})

test('models go along by their names, with their ending or without', async () => {
  const to = join(folder, 'models')
  await copyFiles(built, to, ['events', 'keywords.safetensors', 'events.safetensors'])
  expect((await readdir(to)).sort()).toEqual([...FILES, 'events.safetensors', 'keywords.safetensors'].sort())
})

test('a model that the package has not is named, with those it has, and nothing is copied', async () => {
  const to = join(folder, 'none')
  const failure = { code: 'arguments', message: expect.stringMatching(/no model birds.*events, keywords/) }
  await expect(copyFiles(built, to, ['birds'])).rejects.toMatchObject(failure)
  await expect(readdir(to)).rejects.toThrow()
})

test('a folder that cannot be written is named', async () => {
  const failure = { code: 'arguments', message: expect.stringContaining(join(built, 'index.js')) }
  await expect(copyFiles(built, join(built, 'index.js'), [])).rejects.toMatchObject(failure)
})
