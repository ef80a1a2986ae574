import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LeafError } from '../../../../src/error.ts'
import type { RunRecord } from '../design/run-record.ts'
import { LEAF_PARAMETERS, runOf, runsFolder, testAt } from './fixtures/runs.ts'
import { readRuns } from './read-runs.ts'

const RUN = runOf({ task: 'pitch', system: 'leaf', parameters: LEAF_PARAMETERS })

function errorOf(out: string): LeafError {
  try {
    readRuns(out)
  } catch (error) {
    expect(error).toBeInstanceOf(LeafError)
    return error as LeafError
  }
  throw new Error('nothing was thrown')
}

/** A good run and beside it a file with this in it. */
function folderWith(content: string): string {
  const out = runsFolder([RUN])
  writeFileSync(join(out, 'runs', 'as-heard', 'scenes-leaf-1.json'), content)
  return out
}

test('a record comes back as it was written', () => {
  expect(readRuns(runsFolder([RUN])).runs).toEqual([RUN])
})

test('of results.json every line has to be a run, and the error says which is not', () => {
  const out = runsFolder([RUN])
  const write = (content: unknown) => writeFileSync(join(out, 'results.json'), JSON.stringify(content))
  write({ runs: [runOf({ task: 'scenes', system: 'leaf' }), { ...RUN, task: 'songs' }] })
  expect(errorOf(out).message).toContain('results.json, runs[1] is no record of a run: task is refused')
  write({ runs: 5 })
  expect(errorOf(out).message).toContain('results.json is no record of a run: runs is refused')
  writeFileSync(join(out, 'results.json'), '{')
  expect(errorOf(out).message).toContain('results.json is damaged')
})

test('unfinished files and other things are passed over', () => {
  const out = runsFolder([RUN])
  writeFileSync(join(out, 'runs', 'as-heard', 'scenes-leaf-1.json.unfinished'), '{')
  writeFileSync(join(out, 'runs', 'notes.txt'), '')
  mkdirSync(join(out, 'runs', 'levelled'))
  expect(readRuns(out).runs).toHaveLength(1)
})

describe('refuses', () => {
  test('a file that breaks off', () => {
    const { code, message } = errorOf(folderWith(JSON.stringify(RUN).slice(0, 200)))
    expect(code).toBe('data-folder')
    expect(message).toMatch(/scenes-leaf-1\.json is damaged\. Delete it/)
  })

  test.each<[string, (run: RunRecord) => unknown]>([
    ['task', (run) => ({ ...run, task: 'songs' })],
    ['system', (run) => ({ ...run, system: 'mfcc' })],
    ['settings.examples', (run) => ({ ...run, settings: {} })],
    ['test', (run) => ({ ...run, test: [] })],
    ['test', (run) => ({ ...run, test: [testAt(0, 0.5), testAt(0, 0.5)] })],
    ['test.0.accuracy', (run) => ({ ...run, test: [testAt(0, Number.NaN)] })],
    ['test.0.accuracy', (run) => ({ ...run, test: [testAt(0, 55.2)] })],
    ['valid', ({ valid: _, ...run }) => run],
    ['parameters.0', (run) => ({ ...run, parameters: [{ ...LEAF_PARAMETERS[0], learned: [1] }] })],
    ['the whole', (run) => ({ ...run, test: [{ ...testAt(0, 0.5), right: 'f' }], groups: [96] })],
    ['the whole', (run) => ({ ...run, test: [{ ...testAt(0, 0.5), right: 'f'.repeat(24) }], groups: [95] })],
    ['the whole', () => 5],
  ])('a file whose %s is not that of a run', (key, broken) => {
    const { message } = errorOf(folderWith(JSON.stringify(broken({ ...RUN, task: 'scenes' }))))
    expect(message).toContain(`scenes-leaf-1.json is no record of a run: ${key} is refused`)
  })

  test('a run that is there twice', () => {
    expect(errorOf(folderWith(JSON.stringify(RUN))).message).toMatch(
      /pitch-leaf-1\.json and .*scenes-leaf-1\.json are the same run/,
    )
  })

  test.each([
    ['settings', { settings: { ...RUN.settings, rate: 0.1 } }],
    ['clips', { clips: { ...RUN.clips, test: 95 } }],
    ['labels', { labels: 11 }],
  ])('runs of one task whose %s differ', (key, other) => {
    const runs = [RUN, runOf({ task: 'pitch', system: 'mel-log', ...other })]
    expect(errorOf(runsFolder(runs)).message).toMatch(
      new RegExp(`pitch-leaf-1\\.json and .*pitch-mel-log-1\\.json cannot be compared: their ${key} differ`),
    )
  })

  test('no runs of different tasks or conditions for that', () => {
    const others = [
      runOf({ task: 'scenes', system: 'leaf' }),
      runOf({ task: 'pitch', system: 'leaf', condition: 'levelled' }),
    ].map((run) => ({ ...run, settings: { ...run.settings, rate: 0.1 } }))
    expect(readRuns(runsFolder([RUN, ...others])).runs).toHaveLength(3)
  })
})
