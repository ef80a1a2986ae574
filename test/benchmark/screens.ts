// Part of npm run page-speed: what hearing costs on Listen, with one classifier, and on Tasks, with two.
// Processor time, which other programs do not change; the two screens in turn.
import { buildDemo, openDemo, serveDemo } from '../browser/demo-page.ts'
import { launchBrowser } from '../browser/harness.ts'

const SECONDS = 10
const ROUNDS = 3
const built = await buildDemo()
const demo = await serveDemo(built.folder)
const browser = await launchBrowser()
const session = await browser.newBrowserCDPSession()
const screens = ['Listen', 'Tasks'] as const
const costs = screens.map((): number[] => [])
for (let round = 0; round < ROUNDS; round++)
  for (const [i, screen] of screens.entries()) costs[i].push(await costOf(screen))
await browser.close()
await demo.close()
await built.remove()
for (const [i, screen] of screens.entries()) {
  const sorted = costs[i].toSorted((a, b) => a - b)
  console.log(
    `${screen}, street clip: ${sorted[ROUNDS >> 1].toFixed(0)} ms of processor time a second, page, audio and workers (${sorted.map((cost) => cost.toFixed(0)).join(', ')})`,
  )
}

/** Processor time in ms for each second of the clip, its detectors being ready. */
async function costOf(screen: (typeof screens)[number]): Promise<number> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const { page } = await openDemo(context, demo.url)
  await page.getByRole('link', { name: screen, exact: true }).click()
  const play = page.getByRole('button', { name: 'Play street clip' })
  await play.click()
  await page.getByText('Detector ready on').last().waitFor()
  // Once more from its beginning: what warming up takes is over.
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await play.click()
  const before = await used()
  await page.waitForTimeout(SECONDS * 1000)
  const cost = ((await used()) - before) / SECONDS
  await context.close()
  return cost
}

/** Processor time of the pages' processes until now, ms. */
async function used(): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  return pages.reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0)
}
