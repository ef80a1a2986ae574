import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Report } from './child.ts'
import type { Difference } from './compare.ts'
import { count, labelOf, nothing, type Outcome } from './fuzz.ts'
import type { Subject } from './subjects.ts'

/** Seconds without a word after which a file has the reader in an endless loop. */
const PATIENCE = 60

export interface WatchedOutcome extends Outcome {
  /** Files that ffmpeg read too. */
  compared: number
  /** By kind, a sentence each. */
  readonly differences: Record<Difference['kind'], string[]>
}

/**
 * As `fuzz`, in a process of its own: one that loops or dies is replaced, and goes on behind the file.
 *
 * @param folder of the sounds that the subject is made of, if it is
 */
export async function watchedFuzz(
  subject: Subject,
  cases: number,
  seed: number,
  folder?: string,
): Promise<WatchedOutcome> {
  const outcome: WatchedOutcome = {
    ...nothing(),
    compared: 0,
    differences: { trimmed: [], concealed: [], 'misread by ffmpeg': [], other: [] },
  }
  for (let next = 0; next < cases; ) next = await runFrom(subject, next, cases, seed, folder, outcome)
  return outcome
}

/** @returns the turn to go on with */
function runFrom(
  subject: Subject,
  first: number,
  end: number,
  seed: number,
  folder: string | undefined,
  outcome: WatchedOutcome,
): Promise<number> {
  return new Promise((resolve) => {
    const places = [subject.name, ...[first, end, seed].map(String), ...(folder ? [folder] : [])]
    const child = fork(join(import.meta.dirname, 'child.ts'), places)
    let turn = first
    let isOpen = true
    let isStuck = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const expect = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        isStuck = true
        child.kill('SIGKILL')
      }, 1000 * PATIENCE)
    }
    expect()
    child.on('message', (report: Report) => {
      expect()
      turn = report.turn
      isOpen = report.done === undefined
      if (!report.done) return
      const { difference, ...one } = report.done
      count(outcome, one)
      if (difference !== undefined) outcome.compared++
      if (difference) outcome.differences[difference.kind].push(`${one.label}: ${difference.sentence}`)
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      if (!isOpen) return resolve(turn + 1)
      const label = labelOf(subject, turn, seed)
      const fault = isStuck ? { hang: 'never ends' } : { crash: `the process ended with ${code}` }
      count(outcome, { label, isRead: false, ...fault })
      resolve(turn + 1)
    })
  })
}
