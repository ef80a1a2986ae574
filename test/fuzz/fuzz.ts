import { LeafError } from '../../src/error.ts'
import { mutated, randomOf } from './mutate.ts'
import type { Subject } from './subjects.ts'

/** Seconds of the processor for one file beyond which it counts as a hang. */
const HANG_SECONDS = 2
/** Bytes by which the process may grow for one file. */
const LARGE_BYTES = 500e6

/** What spoilt files did. Each is made again by its seed. */
export interface Outcome {
  readonly cases: number
  readonly read: number
  readonly refused: number
  readonly crashes: string[]
  readonly hangs: string[]
  readonly allocations: string[]
}

/**
 * Reads mutations of a subject's files in turn.
 *
 * @param onRead told of every file that was read all the same, and of what it was read as
 */
export async function fuzz(
  { name, files, read }: Subject,
  count: number,
  seed: number,
  onRead: (file: Uint8Array, result: unknown, label: string) => void = () => {},
): Promise<Outcome> {
  const outcome = { cases: count, crashes: [], hangs: [], allocations: [] } as {
    cases: number
    crashes: string[]
    hangs: string[]
    allocations: string[]
  }
  let sound = 0
  let refused = 0
  for (let turn = 0; turn < count; turn++) {
    const original = files[turn % files.length]
    const file = mutated(original.bytes, randomOf(seed + turn))
    const label = `${name}, ${original.name}, seed ${seed + turn}`
    const cpu = process.cpuUsage()
    const largest = process.resourceUsage().maxRSS
    try {
      const result = await read(file)
      sound++
      onRead(file, result, label)
    } catch (error) {
      if (error instanceof LeafError) refused++
      else outcome.crashes.push(`${label}: ${error}`)
    }
    const { user, system } = process.cpuUsage(cpu)
    if ((user + system) / 1e6 > HANG_SECONDS) outcome.hangs.push(`${label}: ${(user + system) / 1e6} s`)
    const grown = 1024 * (process.resourceUsage().maxRSS - largest)
    if (grown > LARGE_BYTES) outcome.allocations.push(`${label}: ${Math.round(grown / 1e6)} MB`)
  }
  return { ...outcome, read: sound, refused }
}
