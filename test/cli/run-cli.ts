import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const ROOT = join(import.meta.dirname, '../..')
const CACHE = join(ROOT, '.cache')

export interface Outcome {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

let built: Promise<string> | undefined

/**
 * The command line as plain JavaScript, for all files that share a process: started from its sources, each of many runs
 * takes a second more. The folder is as deep as src/cli, since the default model is found from there; npm test removes
 * it by the number of its own process.
 */
async function build(): Promise<string> {
  const dir = join(CACHE, `cli-${process.ppid}-${process.pid}`)
  const isPackage = (id: string) => !/^[./]/.test(id)
  const bundle = await rolldown({
    input: join(ROOT, 'src/cli/index.ts'),
    platform: 'node',
    external: isPackage,
  })
  await bundle.write({ dir })
  await bundle.close()
  return dir
}

async function program(): Promise<string> {
  built ??= build()
  return join(await built, 'index.js')
}

/** The command line in a process of its own, with pipes for its streams. */
export async function runCli(...words: string[]): Promise<Outcome> {
  return outcomeOf(await startCli(words, { cwd: ROOT }))
}

/** The same, still running. */
export async function startCli(words: string[], options: SpawnOptions): Promise<ChildProcess> {
  return spawn(process.execPath, [await program(), ...words], options)
}

/** A line as typed into a shell, in which `cli` is the command line. */
export async function runShell(line: string, cwd: string): Promise<Outcome> {
  const env = { ...process.env, NODE: process.execPath, CLI: await program() }
  return outcomeOf(spawn('bash', ['-c', `cli() { "$NODE" "$CLI" "$@"; }\n${line}`], { cwd, env }))
}

export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' }
  child.stdout?.on('data', (text) => {
    outcome.stdout += text
  })
  child.stderr?.on('data', (text) => {
    outcome.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ ...outcome, code, signal }))
  })
}
