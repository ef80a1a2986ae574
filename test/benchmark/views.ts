// What spectrograms side by side cost the page's thread, part of npm run page-speed.
// Processor time, which other programs do not change, beside the time between repaints, which they do.
import { buildPage, launchBrowser, servePage } from '../browser/harness.ts'
import type { ViewPage } from '../browser/view/page.ts'

declare const api: ViewPage

/** An event of Chromium's trace; `tdur` is processor time, µs. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

const VIEWS = 4
const SECONDS = 10
const LONG_MS = 50

const built = await buildPage('test/browser/view')
const server = await servePage(built.folder)
const browser = await launchBrowser()
for (const channels of [40, 128]) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 700 } })
  await page.goto(server.url)
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
  const load = { views: VIEWS, channels, seconds: SECONDS }
  const intervals = await page.evaluate((given) => api.run(given), load)
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[]
  }
  await page.close()
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  )
  const took = (name: string) =>
    traceEvents
      .filter((event) => event.name.endsWith(name) && mainThreads.has(threadOf(event)))
      .map(({ tdur = 0 }) => tdur / 1000)
  const tasks = took('RunTask')
  const drawing = took('FireAnimationFrame').reduce((sum, ms) => sum + ms, 0)
  console.log(`${VIEWS} spectrograms of ${channels} channels over ${SECONDS} s:`)
  console.log(`  drawing: ${(drawing / intervals.length).toFixed(2)} ms of processor time a repaint`)
  console.log(`  longest task: ${Math.max(...tasks).toFixed(1)} ms of processor time,`)
  console.log(`  ${tasks.filter((ms) => ms > LONG_MS).length} of ${tasks.length} over ${LONG_MS} ms`)
  console.log(`  between repaints, as the machine was: ${spread(intervals)} ms (median, 95 %, longest)`)
}
await browser.close()
await server.close()
await built.remove()

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}:${tid}`
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return [0.5, 0.95, 1].map((share) => sorted[Math.ceil(share * sorted.length) - 1].toFixed(1)).join(', ')
}
