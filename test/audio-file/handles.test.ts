import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAudioFile } from '../../src/audio-file/index.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const NAMES = readdirSync(FIXTURES).filter((name) => !name.endsWith('.sh'))
const DESCRIPTORS = '/proc/self/fd'

/** Names of the fixtures that this process has open. */
function held(): string[] {
  return readdirSync(DESCRIPTORS).flatMap((descriptor) => {
    try {
      const path = readlinkSync(join(DESCRIPTORS, descriptor))
      return path.startsWith(FIXTURES) ? [path] : []
    } catch {
      // That of the folder's own listing.
      return []
    }
  })
}

test.each(NAMES)('%s is let go of when it was read, read in part, or refused', async (name) => {
  const path = join(FIXTURES, name)
  for (const blocks of [Number.POSITIVE_INFINITY, 1]) {
    const file = await openAudioFile(path).catch(() => null)
    if (file === null) break
    expect(held()).toEqual([path])
    let left = blocks
    for await (const _block of file.blocks) if (--left === 0) break
    expect(held()).toEqual([])
  }
  expect(held()).toEqual([])
})
