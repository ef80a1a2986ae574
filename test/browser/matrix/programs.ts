import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

const LIMIT_MS = 60_000

/** Path of a program on PATH; null if it is not there. */
export function find(name: string): string | null {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  return paths.find((path) => existsSync(path)) ?? null
}

/** A program that runs until it is ended, or until this process ends. */
export interface Running {
  /** What it wrote to its file descriptor 3. */
  readonly told: string
  /**
   * Waits for something the program does.
   * @param what it does, in words
   * @throws Error when the program ends before, or a minute is over
   */
  until(what: string, done: () => Promise<boolean> | boolean): Promise<void>
  end(): Promise<void>
}

export function run(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv): Running {
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let told = ''
  child.stdio[3]?.on('data', (text) => {
    told += text
  })
  const exit = once(child, 'exit')
  // Whoever waits in until() or end() is told.
  exit.catch(() => {})
  const kill = () => void child.kill()
  process.once('exit', kill)
  const over = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  return {
    get told() {
      return told
    },
    async until(what, done) {
      const limit = Date.now() + LIMIT_MS
      while (!(await done())) {
        if (over()) throw new Error(`${program} ended before it ${what}.`)
        if (Date.now() > limit) throw new Error(`${program} has not ${what} in ${LIMIT_MS / 1000} s.`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async end() {
      process.off('exit', kill)
      if (over()) return
      kill()
      await exit
    },
  }
}

/** A TCP port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
