import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { OutputFile, writeOutput } from '../../src/files/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leaf-output-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

const at = (name: string) => join(folder, name)

it('holds what was written, wherever it was written to', () => {
  const writes = fc.array(
    fc.record({ bytes: fc.uint8Array({ maxLength: 50 }), place: fc.option(fc.nat(200), { nil: undefined }) }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(writes, (all) => {
      const expected: number[] = []
      const output = OutputFile.at(at('any'))
      for (const { bytes, place } of all) {
        const start = place === undefined ? undefined : Math.min(place, expected.length)
        output.write(bytes, start)
        bytes.forEach((byte, i) => {
          expected[(start ?? expected.length - i) + i] = byte
        })
      }
      output.finish()
      expect([...readFileSync(at('any'))]).toEqual(expected)
      expect(readdirSync(folder)).toEqual(['any'])
    }),
    { numRuns: 50 },
  )
})

it('is not there before it is whole, and never where it is abandoned', () => {
  writeFileSync(at('former'), 'former')
  for (const name of ['former', 'new']) {
    const output = OutputFile.at(at(name))
    expect(readdirSync(folder)).toEqual(['former'])
    output.write(Buffer.from('half'))
    expect(readdirSync(folder)).toHaveLength(2)
    output.abandon()
    output.abandon()
    expect(readdirSync(folder)).toEqual(['former'])
  }
  expect(readFileSync(at('former'), 'utf8')).toBe('former')
})

it('leaves what another program wrote to its target meanwhile', () => {
  const refused = (name: string, meanwhile: () => void) => {
    const output = OutputFile.at(at(name))
    output.write(Buffer.from('ours'))
    meanwhile()
    expect(() => output.finish()).toThrow(/was written by another program meanwhile/)
  }
  refused('new', () => writeOutput(at('new'), 'theirs'))
  refused('new', () => writeFileSync(at('new'), 'theirs, once more'))
  refused('new', () => rmSync(at('new')))
  expect(readdirSync(folder)).toEqual([])
})

it('lets go of a signal once it is done', async () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  // Of the tests before this one.
  await turn()
  const before = process.listenerCount('SIGINT')
  const output = OutputFile.at(at('new'))
  output.write(Buffer.from('all'))
  expect(process.listenerCount('SIGINT')).toBe(before + 1)
  output.finish()
  await turn()
  expect(process.listenerCount('SIGINT')).toBe(before)
})

it('throws nothing but errors of ours', () => {
  for (const name of ['no/such', '.', 'x'.repeat(300)])
    expect(() => OutputFile.at(at(name))).toThrow(LeafError)
})
