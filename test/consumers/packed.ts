// The library as its users get it: packed by npm, installed by npm into an empty folder.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))

/** Runs a program to its end. @returns its standard output @throws with all it printed if it fails */
export async function execute(program: string, parameters: string[], cwd: string): Promise<string> {
  const run = promisify(execFile)(program, parameters, { cwd, maxBuffer: 1 << 26 })
  const { stdout } = await run.catch(({ message, stdout }) => {
    throw new Error(`${message}\n${stdout}`)
  })
  return stdout
}

export interface Packed {
  tarball: string
  /** Paths inside the package, with their sizes in bytes. */
  files: { path: string; size: number }[]
  /** A fresh copy of a consumer project of this folder, with the package installed in it. */
  install(consumer: string): Promise<string>
  remove(): Promise<void>
}

/** Builds and packs the library. */
export async function pack(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'leaf-consumers-'))
  const report = await execute('npm', ['pack', '--json', '--silent', '--pack-destination', folder], root)
  const [{ filename, files }] = JSON.parse(report.slice(report.indexOf('[')))
  const tarball = join(folder, filename)
  return {
    tarball,
    files,
    async install(consumer) {
      const project = join(folder, consumer)
      await cp(join(here, consumer), project, { recursive: true })
      await execute('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], project)
      return project
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The tarball's bytes, as publint wants them. */
export async function bytes(file: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(file)).buffer
}
