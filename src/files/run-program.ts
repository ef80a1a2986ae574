import { LeafError } from '../error.ts'
import { ReaderLeft } from './standard-output.ts'
import { systemError } from './system-error.ts'

/** Runs a command to its end. An error of ours or of the system is a sentence on standard error and exit code 1. */
export async function runProgram(main: () => Promise<void> | void): Promise<void> {
  // Where nobody can read the sentences, the exit code is left.
  process.stderr.on('error', () => {})
  try {
    await main()
  } catch (error) {
    if (error instanceof ReaderLeft) return
    const problem = systemError(error)
    if (!(problem instanceof LeafError)) throw problem
    process.stderr.write(`${problem.message}\n`)
    process.exitCode = 1
  }
}
