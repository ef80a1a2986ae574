import { LeafError } from '../../src/error.ts'
import { mutated, randomOf } from './mutate.ts'
import type { Subject } from './subjects.ts'

/** Seconds of the processor for one file beyond which it counts as a hang. */
const HANG_SECONDS = 2
/** Bytes by which the process may grow for one file. */
const LARGE_BYTES = 500e6

/** What spoilt files did. Each is made again by its seed. */
export interface Outcome {
  cases: number
  read: number
  refused: number
  readonly crashes: string[]
  readonly hangs: string[]
  readonly allocations: string[]
}

/** One spoilt file and what became of it. */
export interface Case {
  readonly label: string
  readonly file: Uint8Array
  /** What it was read as, all the same. */
  readonly result?: unknown
  readonly crash?: string
  readonly hang?: string
  readonly allocation?: string
}

export const nothing = (): Outcome => ({
  ...{ cases: 0, read: 0, refused: 0 },
  ...{ crashes: [], hangs: [], allocations: [] },
})

/** Adds a case. */
export function count(
  outcome: Outcome,
  one: Omit<Case, 'file' | 'result'> & { readonly isRead: boolean },
): void {
  outcome.cases++
  if (one.isRead) outcome.read++
  else if (!one.crash) outcome.refused++
  for (const [list, fault] of [
    [outcome.crashes, one.crash],
    [outcome.hangs, one.hang],
    [outcome.allocations, one.allocation],
  ] as const)
    if (fault) list.push(`${one.label}: ${fault}`)
}

export function labelOf({ name, files }: Subject, turn: number, seed: number): string {
  return `${name}, ${files[turn % files.length].name}, seed ${seed + turn}`
}

/** Reads the mutation of a turn. */
export async function tryOne(subject: Subject, turn: number, seed: number): Promise<Case> {
  const { files, read } = subject
  const file = mutated(files[turn % files.length].bytes, randomOf(seed + turn))
  const label = labelOf(subject, turn, seed)
  const cpu = process.cpuUsage()
  const largest = process.resourceUsage().maxRSS
  let result: unknown
  let crash: string | undefined
  try {
    result = await read(file)
  } catch (error) {
    if (!(error instanceof LeafError)) crash = String(error)
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (user + system) / 1e6
  const grown = 1024 * (process.resourceUsage().maxRSS - largest)
  return {
    ...{ label, file, result, crash },
    hang: seconds > HANG_SECONDS ? `${seconds} s` : undefined,
    allocation: grown > LARGE_BYTES ? `${Math.round(grown / 1e6)} MB` : undefined,
  }
}

/** Reads mutations of a subject's files in turn. */
export async function fuzz(subject: Subject, cases: number, seed: number): Promise<Outcome> {
  const outcome = nothing()
  for (let turn = 0; turn < cases; turn++) {
    const one = await tryOne(subject, turn, seed)
    count(outcome, { ...one, isRead: one.result !== undefined })
  }
  return outcome
}
