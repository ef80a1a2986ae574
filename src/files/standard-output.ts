import { systemError } from './system-error.ts'
import { writeAll } from './write-all.ts'

const DESCRIPTOR = 1

/** The reader of standard output, `head` for instance, needs no more: a reason to end, not a failure. */
export class ReaderLeft extends Error {}

/**
 * Writes text to standard output and returns when the system has all of it: Node's own stream takes a short write to a
 * full disk for a whole one.
 *
 * @throws LeafError('arguments') where it cannot be written; ReaderLeft, which `runProgram` knows
 */
export function print(text: string): void {
  printBytes(Buffer.from(text))
}

/** As `print`. */
export function printBytes(bytes: Uint8Array): void {
  try {
    writeAll(DESCRIPTOR, bytes, null)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') throw new ReaderLeft()
    throw systemError(error, 'arguments', 'Standard output cannot be written')
  }
}
