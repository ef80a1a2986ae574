// A project as one of its users has it: a folder of its own, with the packed library and the tools it names installed.
import { spawn } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServedPage } from '../../browser/harness.ts'
import { execute } from '../packed.ts'
import type { Environment } from './environment.ts'

const projects = fileURLToPath(new URL('../projects', import.meta.url))
/** A server that compiles first takes its time on a busy machine. */
const START_MS = 180_000
/** Characters of what a server said that are told: one that fails says the same for every request. */
const MOST_SAID = 4000

export interface Project {
  readonly folder: string
  /** Runs a command that a package brought along. @throws with all it printed if it fails */
  tool(name: string, ...parameters: string[]): Promise<string>
  /** Starts a server of such a command, `PORT` in its parameters being its port. */
  serve(name: string, ...parameters: string[]): Promise<ServedPage>
}

/**
 * @param folder to be made
 * @param tarball of the library
 * @param environment whose project it is
 */
export async function openProject(
  folder: string,
  tarball: string,
  { layers, packages, manifest }: Environment,
): Promise<Project> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const layer of layers) await cp(join(projects, layer), folder, { recursive: true })
  const dependencies = { ...packages, 'leaf-worklet': `file:${tarball}` }
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies, ...manifest }),
  )
  await execute('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], folder)
  const command = (name: string) => join(folder, 'node_modules/.bin', name)
  return {
    folder,
    tool: (name, ...parameters) => execute(command(name), parameters, folder),
    serve: (name, ...parameters) => serve(command(name), parameters, folder),
  }
}

async function serve(command: string, parameters: string[], cwd: string): Promise<ServedPage> {
  const port = String(await freePort())
  const given = parameters.map((parameter) => parameter.replace('PORT', port))
  // A group of its own: such servers have children.
  // Without the caller's mode, empty or not: a tool chooses its own.
  const { NODE_ENV: _, ...env } = process.env
  const server = spawn(command, given, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text))
  const url = `http://localhost:${port}/`
  const end = () => {
    if (server.exitCode === null && server.pid) process.kill(-server.pid, 'SIGKILL')
  }
  process.once('exit', end)
  const close = async () => {
    process.off('exit', end)
    end()
  }
  for (const began = Date.now(); ; await new Promise((done) => setTimeout(done, 200))) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return { url, close }
    if (server.exitCode === null && Date.now() - began < START_MS) continue
    await close()
    throw new Error(`${command} does not serve:\n${said.slice(0, MOST_SAID)}`)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening))
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}
