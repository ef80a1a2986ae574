import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openAudioFile } from '../../src/audio-file/index.ts'
import { chunk, format, wavOf } from './wav-bytes.ts'

const SOUND_BYTES = 200e6

it('reads a file of 200 MB in a few', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leaf-long-'))
  const path = join(folder, 'long.wav')
  const handle = await open(path, 'w')
  await handle.write(
    wavOf(chunk('fmt ', format(1, 2, 48000, 16)), chunk('data', Buffer.alloc(0), SOUND_BYTES)),
  )
  await handle.truncate(44 + SOUND_BYTES)
  await handle.close()

  const held = () => process.memoryUsage().arrayBuffers
  const before = held()
  let most = 0
  let count = 0
  for await (const block of (await openAudioFile(path)).blocks) {
    count += block.length
    most = Math.max(most, held() - before)
  }
  await rm(folder, { recursive: true })
  expect(count).toBe(SOUND_BYTES / 4)
  // Buffers that wait for the garbage collector count as well.
  expect(most).toBeLessThan(60e6)
})
