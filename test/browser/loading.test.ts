import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Worker } from 'playwright'
import { expect, inject, test } from 'vitest'
import { tensorflowFiles } from './budget/sizes.ts'
import { openDemo, serveDemo } from './demo-page.ts'
import { launchBrowser, servePage } from './harness.ts'
import { recording, wavFile } from './screens/served-screens.ts'

declare global {
  interface Window {
    /** Texts of the blobs that have addresses. */
    blobs: string[]
  }
}

test('TensorFlow.js is in workers only, and the page itself asks for it with the first sound', async () => {
  const demo = await serveDemo(inject('demo'))
  const browser = await launchBrowser()
  const files = await tensorflowFiles(inject('demo'))
  const scripts = files.filter((path) => path.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter((path) => !/^assets\/worker-/.test(path))).toEqual([])

  const { page } = await openDemo(await browser.newContext({ serviceWorkers: 'block' }), demo.url)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.reload()
  await page.getByRole('heading', { name: 'The model' }).waitFor()
  await page.waitForLoadState('networkidle')
  const tensorflow = () => asked.filter((address) => files.some((path) => address.endsWith(path)))
  // What is asked for is seen: the page's entry and, fetched by it, the screen.
  expect(asked.filter((address) => address.endsWith('.js')).length).toBeGreaterThan(1)
  expect(tensorflow()).toEqual([])
  await page.getByRole('button', { name: 'Play street clip' }).click()
  await page.getByText('Detector ready on').waitFor()
  expect(tensorflow().length).toBeGreaterThan(0)

  await browser.close()
  await demo.close()
})

test('on a server that sends no headers each worker obeys the policy of the page', async () => {
  const reached: string[] = []
  const elsewhere = createServer(({ url = '' }, response) => {
    reached.push(url)
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Content-Type', 'text/javascript').end()
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const outside = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  const demo = await servePage(inject('demo'))
  const browser = await launchBrowser()
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
  const workers: Worker[] = []
  page.on('worker', (worker) => workers.push(worker))
  await page.addInitScript(() => {
    // One that has done its work stays to be asked.
    globalThis.Worker.prototype.terminate = () => {}
    window.blobs = []
    const original = URL.createObjectURL
    URL.createObjectURL = (blob: Blob) => {
      blob.text().then((text) => window.blobs.push(text))
      return original(blob)
    }
  })

  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Play street clip' }).click()
  await page.getByText('Detector ready on').waitFor()
  await page.getByRole('link', { name: 'Teach' }).click()
  await page.getByLabel('Name of a sound').fill('beep')
  await page.getByRole('button', { name: 'Add it' }).click()
  for (const name of ['background', 'beep'] as const)
    await page
      .getByLabel(`Sound files of ${name}`)
      .setInputFiles([wavFile(name, recording(name, 2, 1)), wavFile(`${name} too`, recording(name, 2, 2))])
  await page.getByRole('button', { name: 'Train' }).click()
  await page.getByText(/^Right on \d+ %/).waitFor()

  const blobs = await page.evaluate(() => window.blobs)
  expect(blobs.sort()).toEqual([
    expect.stringMatching(/^import ".*\/plan-worker-/),
    expect.stringMatching(/^import ".*\/worker-/),
    expect.stringMatching(/^import ".*\/worker-/),
  ])
  expect(workers.length).toBeGreaterThanOrEqual(blobs.length)
  for (const worker of workers) {
    expect(worker.url()).toMatch(/^blob:/)
    expect(await worker.evaluate(reachOut, outside)).toEqual({
      fetched: false,
      opened: false,
      ranText: false,
    })
  }
  expect(reached).toEqual([])

  await browser.close()
  await demo.close()
  elsewhere.close()
})

/** In a worker: what of that which its policy forbids can be done. */
async function reachOut(outside: string) {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50))
  const fetched = await fetch(`${outside}/sound`, { method: 'POST', mode: 'no-cors', body: 'sound' }).then(
    () => true,
    () => false,
  )
  const request = new XMLHttpRequest()
  request.open('GET', `${outside}/request`)
  const opened = await new Promise<boolean>((resolve) => {
    request.onload = () => resolve(true)
    request.onerror = () => resolve(false)
    request.send()
  })
  setTimeout('globalThis.ranText = true')
  await pause()
  return { fetched, opened, ranText: 'ranText' in globalThis }
}
