import { spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

/** The command line in a process of its own, with pipes for its streams. */
export function runCli(...words: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/index.ts', ...words], { cwd: ROOT })
  const outcome: Outcome = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (text) => {
    outcome.stdout += text
  })
  child.stderr.on('data', (text) => {
    outcome.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...outcome, code }))
  })
}
