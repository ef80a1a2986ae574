import { OptionReader } from '../../../src/learning/node/index.ts'
import { USAGE } from './tasks-options.ts'

export interface GatherOptions {
  /** Folder of results.json, tables and figures. */
  readonly out: string
  /** Folder of single runs that are added to results.json; left out, `runs` in that of `out`. */
  readonly runs?: string
}

/** @throws LeafError `arguments` naming the option. */
export function parseGatherOptions(args: readonly string[]): GatherOptions {
  const read = new OptionReader(USAGE)
  const { out, runs } = read.parse(args, {
    gather: { type: 'boolean' },
    out: { type: 'string', default: 'test/results/tasks' },
    runs: { type: 'string' },
  })
  return { out: read.given('out', out), runs }
}
