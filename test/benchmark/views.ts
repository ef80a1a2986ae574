// What spectrograms side by side and filters that move cost the page's thread, part of npm run page-speed.
// Processor time, which other programs do not change, beside the time between repaints, which they do.
import type { Page } from 'playwright'
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
for (const channels of [40, 128])
  for (const rate of ['as the display shows', 'as drawn in software'] as const)
    await measure(`${VIEWS} spectrograms of ${channels} channels, ${rate}`, {
      prepare: async (page) => {
        if (rate === 'as the display shows') await page.evaluate(nameGraphicsCard)
        return { views: VIEWS, channels, seconds: SECONDS }
      },
      run: (page, load) => page.evaluate((given) => api.run(given), load),
    })
for (const name of ['leaf', 'time-domain'] as const)
  await measure(`the 40 filters of ${name} moving ten times a second`, {
    prepare: (page) =>
      page.evaluateHandle((given) => ({ ...given, learned: api.learn(given.name) }), {
        name,
        seconds: SECONDS,
      }),
    run: (page, load) => page.evaluate((given) => api.runFilters(given), load),
  })
await browser.close()
await server.close()
await built.remove()

/** What the views ask of WebGL before their first repaint: where there is no card, they draw as if there were one. */
function nameGraphicsCard(): void {
  WebGLRenderingContext.prototype.getParameter = () => 'a graphics card'
}

/** Prints what a run, which gives milliseconds between repaints, costs a page of its own. */
async function measure<Load>(
  what: string,
  { prepare, run }: { prepare(page: Page): Promise<Load>; run(page: Page, load: Load): Promise<number[]> },
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 700 } })
  await page.goto(server.url)
  const load = await prepare(page)
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
  const intervals = await run(page, load)
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
  const drawing = sum(took('FireAnimationFrame'))
  // The compositor's threads too, in whatever process: without a card they paint.
  const all = sum(
    traceEvents
      .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
      .map(({ tdur = 0 }) => tdur / 1000),
  )
  console.log(`${what}, over ${SECONDS} s:`)
  console.log(
    `  all of the page and its painting: ${(all / SECONDS).toFixed(0)} ms of processor time a second`,
  )
  console.log(`  drawing: ${(drawing / intervals.length).toFixed(2)} ms of processor time a repaint`)
  console.log(`  longest task: ${Math.max(...tasks).toFixed(1)} ms of processor time,`)
  console.log(`  ${tasks.filter((ms) => ms > LONG_MS).length} of ${tasks.length} over ${LONG_MS} ms`)
  console.log(`  between repaints, as the machine was: ${spread(intervals)} ms (median, 95 %, longest)`)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}:${tid}`
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return [0.5, 0.95, 1].map((share) => sorted[Math.ceil(share * sorted.length) - 1].toFixed(1)).join(', ')
}
