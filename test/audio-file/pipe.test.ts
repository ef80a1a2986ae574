import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAudioFile } from '../../src/audio-file/index.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-pipe-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function samplesOf(path: string): Promise<number[]> {
  const samples: number[] = []
  for await (const block of (await openAudioFile(path)).blocks) samples.push(...block)
  return samples
}

it.each([
  'pcm16-stereo-44100.wav',
  'stereo-44100.flac',
  'stereo-44100.oga',
  'stereo-44100.ogg',
  'stereo-48000.opus',
  'stereo-44100.mp3',
])('reads from a pipe what the file %s holds', async (name) => {
  const pipe = join(folder, name)
  spawnSync('mkfifo', [pipe])
  spawn('sh', ['-c', 'cat "$0" > "$1"', join(FIXTURES, name), pipe])
  expect(await samplesOf(pipe)).toEqual(await samplesOf(join(FIXTURES, name)))
  expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/unfinished/))
})
