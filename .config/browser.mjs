// Finds a Chromium for the tests: an installed one, else Playwright's download, else Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'

const downloadLimitMs = 300_000

/** @type {Record<string, string[] | undefined>} */
const usualPlaces = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/** Path of an installed Chromium or Chrome. LEAF_BROWSER wins. Throws if there is none. */
export function findBrowser() {
  const path = candidates().find((candidate) => existsSync(candidate))
  if (path) return path
  throw new Error(
    'No Chromium or Chrome is installed: run npm test, which fetches one, or set LEAF_BROWSER to its path.',
  )
}

/**
 * Makes sure that a browser is there, says in one line which, and pins it in LEAF_BROWSER for processes started later.
 * @returns {Promise<string>} its path
 */
export async function ensureBrowser() {
  const installed = candidates().find(starts)
  if (installed) return take(installed, 'installed')
  if (process.env.LEAF_BROWSER)
    throw new Error(`LEAF_BROWSER is ${process.env.LEAF_BROWSER}, which does not start.`)
  download()
  if (starts(chromium.executablePath())) return take(chromium.executablePath(), 'fetched by Playwright')
  installPackage()
  const packaged = candidates().find(starts)
  if (packaged) return take(packaged, 'installed with apt-get')
  throw new Error('No browser could be fetched: install Chromium or Chrome, or set LEAF_BROWSER to its path.')
}

/** @returns {string[]} */
function candidates() {
  if (process.env.LEAF_BROWSER) return [process.env.LEAF_BROWSER]
  return [chromium.executablePath(), ...(usualPlaces[process.platform] ?? [])]
}

/** A downloaded browser can be there and yet lack the system's libraries. @param {string} path */
function starts(path) {
  if (!existsSync(path)) return false
  // Chrome on Windows prints no version: it would open a window.
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0
}

function download() {
  console.log('No browser found: asking Playwright for its Chromium …')
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    stdio: 'inherit',
    timeout: downloadLimitMs,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000', ...process.env },
  })
}

function installPackage() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log('Installing the package chromium with apt-get …')
  const options = {
    stdio: /** @type {const} */ ('inherit'),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  spawnSync('apt-get', ['-qq', 'update'], options)
  spawnSync('apt-get', ['-qq', 'install', '-y', 'chromium'], options)
}

/** @param {string} path @param {string} how */
function take(path, how) {
  const version =
    process.platform === 'win32' ? '' : spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim()
  console.log(`Browser: ${path} (${[version, how].filter(Boolean).join(', ')})`)
  process.env.LEAF_BROWSER = path
  return path
}
