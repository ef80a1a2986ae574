import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { emptyFolder } from '../../../learning/tone-folder.ts'
import type { RunRecord, TogetherRecord } from '../design/run-record.ts'
import { LEAF_PARAMETERS, runOf, runsFolder, testAt } from './fixtures/runs.ts'
import { gather, parseGatherOptions } from './index.ts'

const RUNS = [
  runOf({ task: 'pitch', system: 'mel-log', test: [testAt(0, 0.75), testAt(-12, 0.25)] }),
  runOf({ task: 'pitch', system: 'leaf', seed: 2, test: [testAt(-12, 0.5), testAt(0, 0.6)] }),
  runOf({
    task: 'pitch',
    system: 'leaf',
    test: [testAt(0, 0.4), testAt(-12, 0.5)],
    parameters: LEAF_PARAMETERS,
  }),
  runOf({
    task: 'scenes',
    system: 'leaf',
    test: [testAt(0, 1), testAt(-12, 0.5)],
    parameters: LEAF_PARAMETERS,
  }),
  runOf({ task: 'scenes', system: 'leaf', condition: 'levelled', test: [testAt(0, 0.25)] }),
]

const files = (out: string) => readdirSync(out).sort()
const contentOf = (out: string, name: string) => readFileSync(join(out, name), 'utf8')

describe('npm run tasks -- --gather', () => {
  const out = runsFolder(RUNS)
  beforeAll(() => gather({ out }))

  test('writes results, tables and pictures', () => {
    expect(files(out)).toEqual([
      'README.md',
      'accuracy.svg',
      'filters.svg',
      'pcen.svg',
      'results.json',
      'runs',
      'turned-down.svg',
    ])
  })

  test('holds every run whole, in order', () => {
    const { runs } = JSON.parse(contentOf(out, 'results.json'))
    const names = ['condition', 'task', 'system', 'seed'] as const
    expect(runs.map((run: RunRecord) => names.map((name) => run[name]).join(' '))).toEqual([
      'as-heard scenes leaf 1',
      'as-heard pitch leaf 1',
      'as-heard pitch leaf 2',
      'as-heard pitch mel-log 1',
      'levelled scenes leaf 1',
    ])
    expect(runs).toEqual([RUNS[3], RUNS[2], RUNS[1], RUNS[0], RUNS[4]])
  })

  test('needs the single runs no more: results.json gives the same bytes', () => {
    const again = emptyFolder()
    cpSync(join(out, 'results.json'), join(again, 'results.json'))
    gather({ out: again })
    for (const name of files(again)) {
      expect(contentOf(again, name).replaceAll(again, out)).toBe(contentOf(out, name))
    }
  })

  test('takes a run that was done again instead of the one it holds, and adds others', () => {
    const again = emptyFolder()
    cpSync(join(out, 'results.json'), join(again, 'results.json'))
    const redone = { ...RUNS[0], test: [testAt(0, 1), testAt(-12, 1)] }
    const other = runOf({ task: 'scenes', system: 'mel-log', test: [testAt(0, 1), testAt(-12, 1)] })
    gather({ out: again, runs: join(runsFolder([redone, other]), 'runs') })
    const { runs } = JSON.parse(contentOf(again, 'results.json'))
    expect(runs).toEqual([RUNS[3], other, RUNS[2], RUNS[1], redone, RUNS[4]])
  })

  test('tells means, intervals, the average and what is missing', () => {
    const readme = contentOf(out, 'README.md')
    // All of 96: 1.96 · √(0.98 · 0.02 / 100). 0.4 and 0.6: variances 0.0025 of the clips and 0.02 / 2 of the seeds,
    // 0.0125² / 0.01² = 1.5625 degrees of freedom, t 5.571. 0.75: 1.96 · √(0.74 · 0.26 / 100).
    expect(readme).toContain(
      [
        '| accuracy, % | leaf | mel-log |',
        '| --- | ---: | ---: |',
        '| scenes | **100.0** ± 2.7 (1) | – |',
        '| pitch | 50.0 ± 62.3 (2) | **75.0** ± 8.6 |',
        '| **average** | **75.0** ± 30.2 | – |',
      ].join('\n'),
    )
    expect(readme).toContain('## As heard, −12 dB')
    expect(readme).toContain('| pitch | **50.0** ± 9.8 (2) | 25.0 ± 8.6 |')
    expect(readme).toContain('| **average** | **50.0** ± 6.9 | – |')
    expect(readme).toContain('Seeds: 1 to 2, in brackets (leaf), 1 (mel-log).')
  })

  test('sets the probe, chance and the commonest label beside what was levelled', () => {
    expect(contentOf(out, 'README.md')).toContain(
      [
        '| accuracy, % | leaf | linear probe | chance | commonest label |',
        '| --- | ---: | ---: | ---: | ---: |',
        '| scenes | **25.0** ± 8.6 | 55.2 | 10.0 | 25.0 |',
        '| **average** | **25.0** ± 8.6 | 55.2 | 10.0 | 25.0 |',
      ].join('\n'),
    )
  })

  test('counts on how many tasks a system is ahead', () => {
    expect(contentOf(out, 'README.md')).toContain(
      [
        '| leaf | 1 / 2 | 2 / 2 | 1 / 1 |',
        '| mel-log | 1 / 1 | 0 / 0 | – |',
        '| of tasks | 2 | 2 | 1 |',
      ].join('\n'),
    )
  })

  test('gives the same bytes again, in whatever order files were written', () => {
    const again = runsFolder(RUNS.toReversed())
    gather({ out: again })
    for (const name of files(out).filter((file) => file !== 'runs')) {
      expect(contentOf(again, name).replaceAll(again, out)).toBe(contentOf(out, name))
    }
  })
})

test('sets the runs of all tasks at once side by side, apart from the others', () => {
  const together = (system: RunRecord['system'], accuracies: readonly number[]): TogetherRecord => {
    const { task: _, clips, labels, chance, majority, test, ...run } = runOf({ task: 'pitch', system })
    const tasks = (['scenes', 'pitch'] as const).map((task, i) => ({
      ...{ task, clips, labels, chance, majority, valid: run.valid, narrowChance: 0 },
      test: [testAt(0, accuracies[i]), testAt(-12, 0.25)],
    }))
    return { type: 'together', ...run, settings: { ...run.settings, examples: 80000 }, tasks }
  }
  const out = runsFolder(RUNS)
  mkdirSync(join(out, 'runs', 'together'))
  const records = [together('mel-log', [0.75, 0.5]), together('leaf', [0.5, 1])]
  for (const record of records) {
    const path = join(out, 'runs', 'together', `all-${record.system}-1.json`)
    writeFileSync(path, JSON.stringify(record))
  }
  gather({ out })
  const { together: listed, runs } = JSON.parse(contentOf(out, 'results.json'))
  expect(listed).toEqual(JSON.parse(JSON.stringify(records.toReversed())))
  expect(runs).toHaveLength(RUNS.length)
  const readme = contentOf(out, 'README.md')
  expect(readme).toContain('all tasks at once, from clips as loud as they come: 80000 crops of a second')
  expect(readme).toContain(
    ['| scenes | 50.0 ± 9.8 | **75.0** ± 8.6 |', '| pitch | **100.0** ± 2.7 | 50.0 ± 9.8 |'].join('\n'),
  )
  expect(readme).toContain(
    `npm run tasks -- --data DIR --systems leaf,mel-log --together --seeds 1 --examples 80000 --out ${out}`,
  )
})

describe('against mel, paired', () => {
  // Four clips in two groups: leaf-mixed is right on both groups where mel is wrong on one; levels differ.
  const answered = (task: RunRecord['task'], system: RunRecord['system'], seed: number, right: string) =>
    runOf({
      ...{ task, system, seed, clips: { train: 300, valid: 50, test: 4 }, groups: [2, 2] },
      test: [{ ...testAt(0, 0.5), right }],
    })
  const out = runsFolder([
    answered('pitch', 'leaf-mixed', 1, 'f'),
    answered('pitch', 'mel-log', 1, '0'),
    answered('scenes', 'leaf-mixed', 1, 'c'),
    answered('scenes', 'mel-log', 1, 'c'),
    answered('language', 'leaf-mixed', 1, '0'),
    answered('language', 'mel-log', 1, 'f'),
    // Of a seed that the other has not, and of a system that shares no task.
    answered('pitch', 'leaf-mixed', 2, '0'),
    answered('birdsong', 'leaf', 1, '0'),
  ])
  const section = () => {
    const readme = contentOf(out, 'README.md')
    return readme.slice(readme.indexOf('## Against mel'), readme.indexOf('## Who is ahead'))
  }
  beforeAll(() => gather({ out }))

  test('tells the difference of each task and of their mean, language apart', () => {
    expect(section()).toContain(
      [
        '### As heard: leaf-mixed − mel-log',
        '',
        '| points | seeds | 0 dB |',
        '| --- | ---: | ---: |',
        '| scenes | 1 | 0.0 [0.0, 0.0] |',
        '| pitch | 1 | **+100.0 [+100.0, +100.0]** |',
        '| **average of 2** | 1 | **+50.0 [+50.0, +50.0]** |',
        '| language | 1 | **−100.0 [−100.0, −100.0]** |',
      ].join('\n'),
    )
  })

  test('says nothing of a system that shares no task with mel', () => {
    expect(section()).not.toContain('leaf − mel-log')
  })

  test('counts clips by their groups', () => {
    const folder = runsFolder([answered('pitch', 'leaf-mixed', 1, 'e'), answered('pitch', 'mel-log', 1, '2')])
    gather({ out: folder })
    // 1, 1 of one group, 0, 0 of the other: twice one, twice the other, or each once.
    expect(contentOf(folder, 'README.md')).toContain('| pitch | 1 | +50.0 [0.0, +100.0] |')
  })
})

test('sets runs with an option beside those without it, and shipped models apart', () => {
  const usual = runOf({ task: 'pitch', system: 'leaf', test: [testAt(0, 0.5)] })
  const floor = { ...usual, settings: { ...usual.settings, energyFloor: 1e-8 }, test: [testAt(0, 0.75)] }
  const shipped = { ...floor, shippable: true as const, test: [testAt(0, 0.25)] }
  const out = runsFolder([usual])
  const folders = { 'as-heard': ['floor', floor], 'as-heard-shippable': ['shipped', shipped] } as const
  for (const [folder, [name, run]] of Object.entries(folders)) {
    mkdirSync(join(out, 'runs', folder), { recursive: true })
    writeFileSync(join(out, 'runs', folder, `${name}.json`), JSON.stringify(run))
  }
  gather({ out })
  const { runs, together, variants, shipped: models } = JSON.parse(contentOf(out, 'results.json'))
  expect({ runs, together, variants, models }).toEqual({
    ...{ runs: [usual], together: [], variants: [floor], models: [shipped] },
  })
  const readme = contentOf(out, 'README.md')
  expect(readme).toContain('| `--energy-floor 1e-8` | leaf | pitch | 50.0 → 75.0 | 0.40 → 0.40 |')
  expect(readme).toContain('| one task | leaf --energy-floor 1e-8 | pitch | 10 | 25.0 |')
  expect(readme).toContain('| pitch | **50.0** ± 9.8 |')
})

test('sets options side by side by what they do on validation', () => {
  const at = (named: Parameters<typeof runOf>[0], crossEntropy: number) =>
    runOf({ ...named, valid: { accuracy: 0.5, crossEntropy } })
  const floor = (run: RunRecord) => ({ ...run, settings: { ...run.settings, energyFloor: 1e-8 } })
  const out = runsFolder([
    at({ task: 'pitch', system: 'leaf' }, 1),
    at({ task: 'pitch', system: 'leaf', seed: 2 }, 2),
    at({ task: 'scenes', system: 'leaf' }, 0.5),
    at({ task: 'language', system: 'leaf' }, 9),
    at({ task: 'scenes', system: 'leaf', condition: 'levelled' }, 9),
    at({ task: 'scenes', system: 'mel-log' }, 0.25),
  ])
  const folder = join(out, 'runs', 'as-heard')
  const changed = floor(at({ task: 'pitch', system: 'leaf' }, 0.75))
  writeFileSync(join(folder, 'floor.json'), JSON.stringify(changed))
  gather({ out })
  expect(contentOf(out, 'README.md')).toContain(
    [
      '| system | scenes | pitch | **average** |',
      '| --- | ---: | ---: | ---: |',
      '| leaf | 0.50 | 1.50 | 1.00 |',
      '| leaf `--energy-floor 1e-8` | – | 0.75 | – |',
      '| mel-log | 0.25 | – | – |',
    ].join('\n'),
  )
})

test('takes away a picture for which no run is left', () => {
  const out = runsFolder([runOf({ task: 'emotion', system: 'mel-log' })])
  for (const name of ['filters.svg', 'pcen.svg', 'turned-down.svg']) writeFileSync(join(out, name), '')
  gather({ out })
  expect(files(out)).toEqual(['README.md', 'accuracy.svg', 'results.json', 'runs'])
  expect(contentOf(out, 'README.md')).not.toContain('What was learned')
})

test('reads its folder from the command line and nothing else', () => {
  expect(parseGatherOptions(['--gather'])).toEqual({ out: 'test/results/tasks' })
  expect(parseGatherOptions(['--gather', '--out', 'x', '--runs', 'y'])).toEqual({ out: 'x', runs: 'y' })
  expect(() => parseGatherOptions(['--gather', '--seeds', '1'])).toThrow(/Unknown option '--seeds'/)
})

test('says so where nothing was run', () => {
  const out = emptyFolder()
  expect(() => gather({ out })).toThrow(
    /runs holds a run with the usual settings\. Do the runs first: npm run tasks/,
  )
  expect(existsSync(join(out, 'README.md'))).toBe(false)
})
