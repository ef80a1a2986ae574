// npm test: installs what is missing, checks types and style, runs every test, ends with the counts on one line.
// With arguments (file names, Vitest options) it runs only those tests.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

const started = Date.now()
const selection = process.argv.slice(2)

await prepare()
const { ensureBrowser } = await import('./browser.mjs')
await ensureBrowser()

const temporary = mkdtempSync(join(tmpdir(), 'leaf-tests-'))
for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = temporary

const failedChecks = selection.length === 0 ? ['typecheck', 'lint'].filter((script) => !passes(script)) : []
const counts = await runTests()
clear()
const failed = counts.failed + failedChecks.length

const seconds = Math.round((Date.now() - started) / 1000)
if (failedChecks.length > 0) console.log(`Failed beside the tests: ${failedChecks.join(', ')}.`)
console.log(`Everything took ${Math.floor(seconds / 60)} min ${seconds % 60} s.`)
console.log(`${counts.passed} passed, ${failed} failed`)
process.exit(failed === 0 && counts.passed > 0 ? 0 : 1)

/** Removes what tests wrote: files that share a process cannot clear up after each other. */
function clear() {
  const cache = join(root, '.cache')
  const names = existsSync(cache) ? readdirSync(cache) : []
  const bundles = names.filter((name) => name.startsWith(`cli-${process.pid}-`))
  for (const folder of [temporary, ...bundles.map((name) => join(cache, name))])
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** @param {string} script */
function passes(script) {
  const options = /** @type {const} */ ({ cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  return spawnSync('npm', ['run', '--silent', script], options).status === 0
}

/** A file that cannot be loaded and an error outside of any test count as one failure each. */
async function runTests() {
  const { parseCLI, startVitest } = await import('vitest/node')
  const config = `${root}/.config/vitest.config.ts`
  const { filter, options } = parseCLI(['vitest', 'run', '--config', config, ...selection])
  const vitest = await startVitest('test', filter, { ...options, watch: false })
  const modules = vitest.state.getTestModules()
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const brokenFiles = modules.filter((module) => module.errors().length > 0)
  const brokenSuites = modules.flatMap((module) =>
    [...module.children.allSuites()].filter((suite) => suite.errors().length > 0),
  )
  const outside = vitest.state.getUnhandledErrors()
  const failedTests = tests.filter((test) => test.result().state === 'failed')
  await vitest.close()
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: failedTests.length + brokenFiles.length + brokenSuites.length + outside.length,
  }
}
