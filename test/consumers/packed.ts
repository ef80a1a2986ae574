// The library as its users get it: packed by npm, installed by npm into an empty folder.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const projects = fileURLToPath(new URL('projects', import.meta.url))

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
  /** Inside the package. */
  files: { path: string; size: number }[]
  /** Bytes of the tarball. */
  size: number
  /** A fresh copy of one of the projects, which finds the package and its peers in node_modules. */
  install(consumer: string): Promise<string>
  remove(): Promise<void>
}

/**
 * Builds and packs the library, and has npm install it for a workspace of consumers.
 * @param others packages that consumers need beside, copied from this repository's own
 */
export async function pack(others: readonly string[]): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'leaf-consumers-'))
  const report = await execute('npm', ['pack', '--json', '--silent', '--pack-destination', folder], root)
  const [{ filename, files, size }] = JSON.parse(report.slice(report.indexOf('[')))
  const tarball = join(folder, filename)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces: [] }))
  await execute('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder)
  const packages = join(folder, 'node_modules')
  for (const name of others)
    await cp(join(root, 'node_modules', name), join(packages, name), { recursive: true })
  return {
    tarball,
    files,
    size,
    async install(consumer) {
      const project = join(folder, consumer)
      await rm(project, { recursive: true, force: true })
      await cp(join(projects, consumer), project, { recursive: true })
      // Pages without a bundler fetch from it. A junction needs no rights on Windows.
      await symlink(packages, join(project, 'node_modules'), 'junction')
      return project
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The tarball's bytes, as publint wants them. */
export async function bytes(file: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(file)).buffer
}
