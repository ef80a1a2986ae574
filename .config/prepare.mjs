// What both commands do first. Runs before node_modules exist, so it imports nothing but Node.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const oldestNode = [20, 19]

/** Checks Node, installs the packages of the lockfile if they are not there, compiles the kernel if it is stale. */
export async function prepare() {
  requireNode()
  if (!packagesAreInstalled()) installPackages()
  const { buildKernel } = await import('./kernel.mjs')
  await buildKernel().catch((error) => stop(error.message))
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = oldestNode
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  stop(`Node ${process.versions.node} is too old: install Node ${oldestNode.join('.')} or newer.`)
}

/** npm records what it installed; optional packages of other platforms are rightly absent there. */
function packagesAreInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = readPackages(join(root, 'package-lock.json'))
  const installed = readPackages(record)
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  )
}

/** @param {string} file @returns {Record<string, { version: string, optional?: boolean }>} */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function installPackages() {
  console.log('Installing the packages of package-lock.json …')
  const options = ['--include=dev', '--no-audit', '--no-fund', '--prefer-offline']
  const windows = process.platform === 'win32'
  const { status } = spawnSync('npm', ['ci', ...options], { cwd: root, stdio: 'inherit', shell: windows })
  if (status !== 0) stop('npm ci failed: see its message above; it needs the npm registry once.')
}

/** @param {string} message */
function stop(message) {
  console.error(message)
  process.exit(1)
}
