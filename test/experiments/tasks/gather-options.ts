import { OptionReader } from '../../../src/learning/node/index.ts'
import { USAGE } from './tasks-options.ts'

export interface GatherOptions {
  /** Folder in which `runs` lies and into which tables and figures go. */
  readonly out: string
}

/** @throws LeafError `arguments` naming the option. */
export function parseGatherOptions(args: readonly string[]): GatherOptions {
  const read = new OptionReader(USAGE)
  const { out } = read.parse(args, {
    gather: { type: 'boolean' },
    out: { type: 'string', default: 'test/results/tasks' },
  })
  return { out: read.given('out', out) }
}
