import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import type { Plugin } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { delivery, workletSourceModule } from '../../.config/delivery.mjs'
import { type BuiltPage, buildPage, launchBrowser, servePage } from './harness.ts'
import type { NodePage } from './node/page.ts'

const strict = "script-src 'self' 'wasm-unsafe-eval'"

let withFile: BuiltPage
/** As the published library, but with the worklet's file left out. */
let withoutFile: BuiltPage
let workletFile: string
let browser: Browser

beforeAll(async () => {
  withFile = await buildPage('test/browser/node')
  const assets = join(withFile.folder, 'assets')
  const scripts = await Promise.all(
    (await readdir(assets)).map(async (name) => ({ name, text: await readFile(join(assets, name), 'utf8') })),
  )
  const worklet = scripts.find(
    ({ name, text }) => name.startsWith('processor-') && text.includes('registerProcessor'),
  )!
  workletFile = `assets/${worklet.name}`
  // Vite builds the workers from their sources; in the published library they are files that are there already.
  const ofWorklet: Plugin = { ...(delivery() as Plugin), transform: undefined, enforce: 'pre' }
  withoutFile = await buildPage('test/browser/node', [ofWorklet])
  await writeFile(join(withoutFile.folder, 'assets/worklet-source.js'), workletSourceModule(worklet.text))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await withFile?.remove()
  await withoutFile?.remove()
})

type Request = Parameters<NodePage['refusal']>[0]

/** Null if the node was created, else the error's code and message. */
async function refusal(
  { folder }: BuiltPage,
  contentSecurityPolicy?: string,
  request: Request = { library: 'native' },
): Promise<{ code: string; message: string } | string | null> {
  const served = await servePage(folder, { contentSecurityPolicy })
  const page = await browser.newPage()
  try {
    await page.goto(served.url)
    await page.waitForFunction('window.api')
    return await page.evaluate(
      (argument) => (window as unknown as { api: NodePage }).api.refusal(argument),
      request,
    )
  } finally {
    await page.close()
    await served.close()
  }
}

describe('the worklet reaches the page', () => {
  it('as a file beside the library, under a strict policy', async () => {
    expect(await refusal(withFile, strict)).toBe(null)
  })

  it('from an explicit address', async () => {
    const request: Request = { library: 'native', workletUrl: workletFile }
    expect(await refusal(withFile, strict, request)).toBe(null)
  })

  it('as a blob where the file is missing', async () => {
    expect(await refusal(withoutFile)).toBe(null)
    expect(await refusal(withoutFile, `${strict} blob:`)).toBe(null)
  })

  it('through standardized-audio-context, which needs blobs', async () => {
    expect(await refusal(withFile, `${strict} blob:`, { library: 'standardized' })).toBe(null)
    expect(await refusal(withoutFile, undefined, { library: 'standardized' })).toBe(null)
  })
})

describe('where the worklet cannot be had, the error says what to allow', () => {
  it('neither file nor blob', async () => {
    expect(await refusal(withoutFile, strict)).toMatchObject({
      code: 'worklet-load',
      message: expect.stringContaining("script-src 'self' 'wasm-unsafe-eval', with blob: for the blob"),
    })
  })

  it('a wrong address', async () => {
    const request: Request = { library: 'native', workletUrl: '/nowhere/leaf.worklet.js' }
    expect(await refusal(withFile, undefined, request)).toMatchObject({
      code: 'worklet-load',
      message: expect.stringContaining('/nowhere/leaf.worklet.js'),
    })
  })

  it('standardized-audio-context without blobs', async () => {
    expect(await refusal(withFile, strict, { library: 'standardized' })).toMatchObject({
      code: 'worklet-load',
      message: expect.stringContaining('blob: where standardized-audio-context is used'),
    })
  })

  it('WebAssembly forbidden', async () => {
    expect(await refusal(withFile, "script-src 'self'")).toMatchObject({
      code: 'worklet-failed',
      message: expect.stringContaining("'wasm-unsafe-eval'"),
    })
  })
})
