import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { build, createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readModel } from '../../src/model/index.ts'
import { launchBrowser, servePage } from '../browser/harness.ts'
import { bytes, execute, type Packed, pack } from './packed.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const { labels } = readModel(await readFile(join(root, 'demo/public/models/events.safetensors')))
const expected = { frames: expect.any(Number), finite: true, scores: labels.length, backend: 'wasm' }

const strictPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src data:"

let packed: Packed
let staticPage: string
let viteApp: string
let browser: Browser

beforeAll(async () => {
  packed = await pack()
  staticPage = await install('static-page')
  viteApp = await install('vite-app')
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await packed?.remove()
})

describe('the packed library', () => {
  test('is clean for publint', async () => {
    const { messages } = await publint({ pack: { tarball: await bytes(packed.tarball) }, strict: true })
    expect(messages.map((message) => formatMessage(message, {}, { color: false }))).toEqual([])
  })

  test('holds what was built and nothing else', () => {
    const others = packed.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'))
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json'])
  })

  test('is imported in Node without throwing', async () => {
    const script = `await import('leaf-worklet/view'); console.log(typeof (await import('leaf-worklet')).listen)`
    expect(await execute('node', ['--input-type=module', '-e', script], staticPage)).toBe('function\n')
  })

  test('has declarations that a strict TypeScript project and the snippets of the README compile with', async () => {
    const project = await packed.install('typescript')
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const snippets = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, snippet]) => snippet)
    expect(snippets.length).toBeGreaterThan(0)
    await Promise.all(snippets.map((snippet, i) => writeFile(join(project, `readme-${i}.ts`), snippet)))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    for (const resolution of [[], ['--module', 'esnext', '--moduleResolution', 'bundler']]) {
      await execute('node', [compiler, '-p', '.', ...resolution], project)
    }
  })
})

describe('the installed library runs', () => {
  test('on a plain page without a bundler, under a strict Content-Security-Policy', async () => {
    const served = await servePage(staticPage, { contentSecurityPolicy: strictPolicy })
    await expectToRun(served.url)
    await served.close()
  })

  test('on a cross-origin isolated page, with shared memory', async () => {
    const served = await servePage(staticPage, { isolated: true })
    await expectToRun(served.url)
    await served.close()
  })

  test('on a page whose server lacks the worklet beside the library, from its inlined copy', async () => {
    const served = await servePage(staticPage)
    const page = await browser.newPage()
    await page.route('**/leaf.worklet.js', (route) => route.abort())
    await page.goto(served.url)
    expect(await page.evaluate('globalThis.outcome')).toEqual(expected)
    await page.close()
    await served.close()
  })

  test('in a Vite app while it is developed', async () => {
    const server = await createServer({
      configFile: false,
      root: viteApp,
      logLevel: 'error',
      server: { port: 0 },
    })
    await server.listen()
    await expectToRun(server.resolvedUrls?.local[0] ?? '')
    await server.close()
  })

  test('in a Vite app that is built', async () => {
    await build({ configFile: false, root: viteApp, logLevel: 'error' })
    const served = await servePage(join(viteApp, 'dist'))
    await expectToRun(served.url)
    await served.close()
  })
})

/** A fresh consumer with the library installed, and the script that tries it out. */
async function install(consumer: string): Promise<string> {
  const project = await packed.install(consumer)
  await copyFile(join(here, 'try-out.js'), join(project, 'try-out.js'))
  return project
}

async function expectToRun(url: string): Promise<void> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  expect(await page.evaluate('globalThis.outcome')).toEqual(expected)
  await page.close()
  expect(complaints).toEqual([])
}
