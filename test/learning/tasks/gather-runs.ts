import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRecord } from '../../../src/learning/tasks/run-record.ts'
import { settingsOf, sharedSettings } from '../../../src/learning/tasks/settings.ts'
import { emptyFolder } from '../tone-folder.ts'

type Named = Pick<RunRecord, 'task' | 'system'> & Partial<RunRecord>

/** A run as heard with seed 1 on 96 test clips, of accuracy 0.5 where nothing else is said. */
export function runOf(named: Named): RunRecord {
  const condition = named.condition ?? 'as-heard'
  return {
    seed: 1,
    condition,
    settings: settingsOf(named.task, sharedSettings(condition, { examples: 10000, frontendRate: 1 })),
    clips: { train: 300, valid: 50, test: 96 },
    labels: 10,
    chance: 0.1,
    majority: 0.25,
    test: [testAt(0, 0.5)],
    valid: { accuracy: 0.6, crossEntropy: 1.1 },
    bestStep: 120,
    curve: [{ step: 120, loss: 0.4, validAccuracy: 0.6, validCrossEntropy: 1.1 }],
    leftOut: 0,
    seconds: 90,
    examplesPerSecond: 120,
    weights: 165154,
    parameters: [],
    ...named,
  }
}

export function testAt(gainDb: number, accuracy: number): RunRecord['test'][number] {
  return { gainDb, accuracy, crossEntropy: 1.25 }
}

/** A folder as the sweep leaves it. */
export function runsFolder(runs: readonly RunRecord[], out = emptyFolder()): string {
  for (const run of runs) {
    const folder = join(out, 'runs', run.condition)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${run.task}-${run.system}-${run.seed}.json`), `${JSON.stringify(run)}\n`)
  }
  return out
}

/** What LEAF records, of two channels: all that moves is doubled, alpha is halved. */
export const LEAF_PARAMETERS: RunRecord['parameters'] = [
  { part: 'filterbank', name: 'center', initial: [0.5, 1], learned: [1, 2] },
  { part: 'filterbank', name: 'sigma', initial: [40, 20], learned: [80, 40] },
  { part: 'pooling', name: 'width', initial: [0.2, 0.2], learned: [0.4, 0.4] },
  { part: 'compression', name: 'alpha', initial: [0.96, 0.96], learned: [0.48, 0.48] },
  { part: 'compression', name: 'delta', initial: [2, 2], learned: [4, 4] },
  { part: 'compression', name: 'root', initial: [2, 2], learned: [4, 4] },
  { part: 'compression', name: 'smooth', initial: [0.04, 0.04], learned: [0.08, 0.08] },
]
