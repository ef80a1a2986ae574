// Part of npm run page-speed: how long teaching takes in a page of Chromium, and how long the page is not answered meanwhile.
import { buildPage, launchBrowser, servePage } from '../browser/harness.ts'
import type { LessonOptions } from '../browser/teaching/main.ts'

const lessons: readonly (LessonOptions & { readonly what: string })[] = [
  { what: '3 × 20 examples, last layer', learn: 'head', each: 20 },
  { what: '3 × 20 examples, last layer and PCEN', learn: 'head+compression', each: 20 },
  { what: '3 × 20 examples, everything', learn: 'everything', each: 20 },
  { what: '10 × 300 examples, last layer', learn: 'head' },
]

const built = await buildPage('test/browser/teaching')
const served = await servePage(built.folder)
const browser = await launchBrowser()
const rows: Record<string, string | number>[] = []
for (const { what, ...options } of lessons) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(served.url)
  await page.waitForFunction(() => window.teaching !== undefined)
  if (options.each === undefined)
    await page.evaluate(async () => {
      await window.teaching.openStore('benchmark')
      await window.teaching.fillWhole()
    })
  const began = performance.now()
  const { taught, longestGap } = await page.evaluate((given) => window.teaching.teach(given), options)
  rows.push({
    what,
    'in the worker, s': Number(taught!.seconds.toFixed(1)),
    'with its start, s': Number(((performance.now() - began) / 1000).toFixed(1)),
    'longest gap in the page, ms': Math.round(longestGap),
    'held-out accuracy': taught!.accuracy,
  })
  await context.close()
}
await browser.close()
await served.close()
await built.remove()
console.table(rows)
