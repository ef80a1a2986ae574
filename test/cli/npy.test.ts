import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NpyWriter } from '../../src/cli/npy.ts'
import { OutputFile } from '../../src/files/index.ts'
import { readNpy } from './read-npy.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-npy-'))
})
afterAll(() => rm(folder, { recursive: true }))

it.each([0, 1, 5000])('writes %i rows, drained on the way or not', async (rows) => {
  for (const drainEvery of [1, 7000]) {
    const path = join(folder, 'rows.npy')
    const output = OutputFile.at(path)
    const writer = new NpyWriter(output, 40)
    const reused = new Float32Array(40)
    for (let row = 0; row < rows; row++) {
      reused.forEach((_, column) => {
        reused[column] = row + column / 64
      })
      writer.add(reused)
      if (row % drainEvery === 0) writer.drain()
    }
    writer.finish()
    output.finish()
    const read = await readNpy(path)
    expect(read).toMatchObject({ rows, columns: 40 })
    const wrong = read.values.findIndex((v, i) => v !== Math.floor(i / 40) + (i % 40) / 64)
    expect(wrong).toBe(-1)
  }
})
