import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { writeModel } from '../../src/model/index.ts'
import { launchBrowser, type ServeOptions, servePage } from '../browser/harness.ts'
import { MICROPHONE_RATE, microphoneFile } from '../browser/microphone-file.ts'
import { repeat, speech } from '../browser/speech.ts'
import { modelOfEveryLayer } from '../inference/layer-networks.ts'
import { draws, hears, shows, tells, use } from './apps.ts'
import { bytes, execute, type Packed, pack } from './packed.ts'
import { snippets } from './readme.ts'

const root = join(import.meta.dirname, '../..')
/** Not the library's own: a page that has it passes its contexts. */
const standardizedPackages = ['standardized-audio-context', 'automation-events', '@babel/runtime', 'tslib']
const reactPackages = ['react', 'react-dom', 'scheduler', '@types/react', '@types/react-dom', 'csstype']

/** The README's, and what the page's own style sheet and icon need. */
const strictPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"

let packed: Packed

beforeAll(async () => {
  packed = await pack([...reactPackages, ...standardizedPackages])
})

afterAll(() => packed?.remove())

describe('the packed library', () => {
  test('is clean for publint', async () => {
    const { messages } = await publint({ pack: { tarball: await bytes(packed.tarball) }, strict: true })
    expect(messages.map((message) => formatMessage(message, {}, { color: false }))).toEqual([])
  })

  test('holds what was built and nothing else', () => {
    const others = packed.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'))
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json'])
  })

  test('weighs beside its models at most 2 MB packed and 4 MB unpacked', () => {
    const models = packed.files.filter(({ path }) => path.endsWith('.safetensors'))
    const bytesOf = (files: readonly { size: number }[]) => files.reduce((sum, { size }) => sum + size, 0)
    expect(models.length).toBe(4)
    expect(bytesOf(packed.files) - bytesOf(models)).toBeLessThanOrEqual(4e6)
    // Weights are noise to a packer: at least nine tenths of a model stay.
    expect(packed.size - 0.9 * bytesOf(models)).toBeLessThanOrEqual(2e6)
  })

  test('has its licences once, one WebAssembly binary, and workers that bundlers take for no programs of Node', async () => {
    const folder = join(await packed.install('typescript'), 'node_modules/leaf-worklet/dist')
    expect(packed.files.filter(({ path }) => path.endsWith('.wasm')).length).toBe(1)
    for (const name of ['classifier.worker.js', 'teaching.worker.js']) {
      const code = await readFile(join(folder, name), 'utf8')
      expect(code).not.toMatch(
        /@license|typeof (__filename|__dirname|process|Buffer|require)\b|threaded-simd\.worker/,
      )
    }
    expect(await readFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toContain(
      '@tensorflow/tfjs-core',
    )
  })

  test('declares every entry, those too that are no code', async () => {
    const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const paths = new Set(packed.files.map(({ path }) => `./${path}`))
    const undeclared = Object.entries<{ types?: string }>(exports).filter(
      ([name, { types }]) => name !== './package.json' && !paths.has(types ?? ''),
    )
    expect(undeclared).toEqual([])
  })

  test('copies its files by its own command', async () => {
    const project = await packed.install('typescript')
    await execute(
      'node',
      [join(project, 'node_modules/leaf-worklet/dist/cli.js'), 'copy', 'out', 'events'],
      project,
    )
    expect(await bytes(join(project, 'out/events.safetensors'))).toEqual(
      await bytes(join(project, 'node_modules/leaf-worklet/dist/events.safetensors')),
    )
  })

  test('has a page whose notices name what its workers hold too', async () => {
    const notices = await readFile(join(inject('demo'), 'THIRD-PARTY-LICENSES.txt'), 'utf8')
    for (const name of ['ringbuf.js 0.4.0 (MPL-2.0)', '@tensorflow/tfjs-core', 'workbox-precaching'])
      expect(notices).toContain(name)
  })

  test('is imported in Node without throwing', async () => {
    const project = await packed.install('typescript')
    const script = `await import('leaf-worklet/view'); console.log(typeof (await import('leaf-worklet')).listen)`
    expect(await execute('node', ['--input-type=module', '-e', script], project)).toBe('function\n')
  })

  test('detects in Node in a stream of samples, and from standard input by its command', async () => {
    const project = await packed.install('typescript')
    const script = `
      import { detectStream, LeafError } from 'leaf-worklet/node'
      import { LeafError as Same } from 'leaf-worklet'
      for await (const { label } of detectStream(process.stdin, { sampleRate: ${MICROPHONE_RATE}, format: 'int16' }))
        console.log(label)
      console.log(LeafError === Same)`
    await writeFile(join(project, 'stream.mjs'), script)
    const samples = await speech()
    const raw = Int16Array.from(samples, (sample) => Math.round(sample * 32767))
    await writeFile(join(project, 'speech.raw'), new Uint8Array(raw.buffer))
    const lines = await execute('bash', ['-c', 'node stream.mjs < speech.raw'], project)
    expect(lines).toMatch(/speech\n[\s\S]*true\n$/)
    const command = `npx leaf-worklet detect - --raw int16 --sample-rate ${MICROPHONE_RATE} < speech.raw`
    expect(await execute('bash', ['-c', command], project)).toMatch(/"label":"speech"/)
  })

  test('scores in Node with every layer that a model file may have', async () => {
    const project = await packed.install('typescript')
    await writeFile(join(project, 'layers.safetensors'), writeModel(modelOfEveryLayer()))
    const script = `
      import { detectStream } from 'leaf-worklet/node'
      const options = { model: 'layers.safetensors', sampleRate: 16000, thresholds: { beep: 0.4 } }
      for await (const { label } of detectStream([new Float32Array(16000)], options))
        console.log(label)`
    expect(await execute('node', ['--input-type=module', '-e', script], project)).toBe('beep\n')
  })

  test('has declarations that a strict TypeScript project and the snippets of the README compile with', async () => {
    const project = await packed.install('typescript')
    const files = snippets(await readFile(join(root, 'README.md'), 'utf8'))
    expect(files.length).toBeGreaterThan(0)
    for (const { name, text } of files) await writeFile(join(project, name), text)
    await compile(project)
    await compile(project, '--module', 'esnext', '--moduleResolution', 'bundler')
  })
})

describe('the installed library', () => {
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leaf-microphone-'))
    const file = join(folder, 'microphone.wav')
    await writeFile(file, microphoneFile(repeat(await speech(), 10)))
    browser = await launchBrowser(file)
  })

  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('hears the microphone on a plain page with an import map', async () => {
    await visit(await packed.install('import-map'), async (page) => {
      await hears(page)
      await shows(page, 'port')
    })
  })

  test('comes from its inlined copy where the server lacks the worklet beside the library', async () => {
    const served = await servePage(await packed.install('import-map'))
    const page = await browser.newPage()
    await page.route('**/leaf.worklet.js', (route) => route.abort())
    await page.goto(served.url)
    await page.getByRole('button').click()
    await draws(page)
    await page.close()
    await served.close()
  })

  test('comes from another origin, and tells of a server that answers everything with a page', async () => {
    const project = await packed.install('import-map')
    const [own, other] = [await servePage(project), await servePage(project)]
    const page = await browser.newPage()
    await page.goto(own.url)
    const ready = (origin: string) =>
      page.evaluate<string>(`(async () => {
        const dist = '${origin}node_modules/leaf-worklet/dist/'
        const { createListener } = await import(dist + 'index.js')
        const listener = await createListener({ model: dist + 'events.safetensors' })
        const told = await listener.ready.then(({ backend }) => backend, (error) => error.message)
        await listener.dispose()
        return told
      })()`)
    expect(await ready(other.url)).toBe('wasm')
    await page.route('**/classifier.worker.js', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    )
    expect(await ready(own.url)).toMatch(/classifier\.worker\.js, where the server answers with a web page\./)
    await page.close()
    await own.close()
    await other.close()
  })

  test('scores in its worker with every layer that a model file may have, on each backend', async () => {
    const project = await packed.install('import-map')
    await writeFile(join(project, 'layers.safetensors'), writeModel(modelOfEveryLayer()))
    const served = await servePage(project)
    const page = await browser.newPage()
    await page.goto(served.url)
    for (const backend of ['webgpu', 'wasm', 'cpu']) {
      const told = await page.evaluate<string>(`(async () => {
        const { createListener } = await import('leaf-worklet')
        const listener = await createListener({ model: 'layers.safetensors', backends: ['${backend}'] })
        const told = await listener.ready.then(({ backend }) => backend, (error) => error.message)
        await listener.dispose()
        return told
      })()`)
      expect(told).toBe(backend)
    }
    await page.close()
    await served.close()
  })

  test('obeys a strict Content-Security-Policy, with every view', async () => {
    const look = async (page: Page) => {
      await hears(page)
      await shows(page, 'port')
    }
    await visit(await packed.install('strict-policy'), look, { contentSecurityPolicy: strictPolicy })
  })

  test('sends its frames through shared memory where the built app is cross-origin isolated, else not', async () => {
    const project = await packed.install('vite-app')
    await compile(project)
    const built = await buildApp(project)
    for (const isolated of [true, false])
      await visit(built, (page) => tells(page, isolated ? 'shared' : 'port'), { isolated })
  })

  test('feeds hooks and views of a React app', async () => {
    const project = await packed.install('react-app')
    await compile(project)
    await visit(await buildApp(project), async (page) => {
      await hears(page)
      await shows(page, 'port')
      await page.getByRole('button', { name: 'Stop' }).click()
      await page.getByText('Nothing heard yet').waitFor()
    })
  })

  test('stands between the nodes of a page’s own graph, hears them and lets their sound pass', async () => {
    await visit(await packed.install('audio-graph'), async (page) => {
      await page.getByText('Level: 0.50').waitFor()
      await page.getByText(/^Loudest: (9[5-9]|10[0-5])\d Hz$/).waitFor()
    })
  })

  /** Serves a folder and uses its page. */
  async function visit(
    folder: string,
    look: (page: Page) => Promise<void>,
    options?: ServeOptions,
  ): Promise<void> {
    const served = await servePage(folder, options)
    await use(browser, served.url, look).finally(() => served.close())
  }
})

function compile(project: string, ...options: string[]): Promise<string> {
  return execute('node', [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', ...options], project)
}

/** @returns the folder of the built files */
async function buildApp(project: string): Promise<string> {
  await build({ configFile: false, root: project, logLevel: 'error' })
  return join(project, 'dist')
}
