import { expect, inject, test } from 'vitest'
import { tensorflowFiles } from './budget/sizes.ts'
import { openDemo, serveDemo } from './demo-page.ts'
import { launchBrowser } from './harness.ts'

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
