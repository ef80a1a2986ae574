// npm run budget: what the package weighs and how long a visitor waits, beside what was promised; fails where a
// promise is broken. Trust the times on a quiet machine only.
import { fileURLToPath } from 'node:url'
import { buildDemo, serveDemo } from '../demo-page.ts'
import { launchBrowser } from '../harness.ts'
import { measurePage, type PageTimes } from './page-times.ts'
import { bundledSize, folderSize, sentSize, tensorflowFiles } from './sizes.ts'

const dist = fileURLToPath(new URL('../../../dist/', import.meta.url))
const LOADS = 9

interface Row {
  what: string
  measured: number
  /** The most that is allowed; null: only told. */
  limit: number | null
  unit: string
}

const rows: Row[] = []
const size = (what: string, bytes: number, limit: number | null) =>
  rows.push({ what, measured: bytes / 1000, limit, unit: 'kB gz' })

const core = `${dist}index.js`
size('core, index.js: bundled, minified', await bundledSize(core), 25)
size('of it an application that listens', await bundledSize(core, ['listen']), null)
size('of it one with a node', await bundledSize(core, ['createLeafNode', 'preset']), null)
size('worklet, leaf.worklet.js', await sentSize(`${dist}leaf.worklet.js`), 20)
size('what scores, classifier.worker.js', await sentSize(`${dist}classifier.worker.js`), 190)
size('elements, view.js: bundled, minified', await bundledSize(`${dist}view.js`), null)

const built = await buildDemo()
const demo = await serveDemo(built.folder)
size('whole page with its models, kept for offline', await folderSize(built.folder), null)
const browser = await launchBrowser()
const tensorflow = await tensorflowFiles(built.folder)
const times: PageTimes[] = []
for (let load = 0; load < LOADS; load++) times.push(await measurePage(browser, demo.url))
await browser.close()
await demo.close()
await built.remove()

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
const time = (what: string, part: 'usable' | 'longestTask' | 'firstFrame', limit: number | null) =>
  rows.push({ what, measured: median(times.map((load) => load[part])), limit, unit: 'ms' })
const count = (what: string, files: string[]) =>
  rows.push({ what, measured: files.length, limit: 0, unit: 'files' })

time('page usable', 'usable', 1000)
time('longest task at start (0: none over 50)', 'longestTask', null)
time('first frame after permission', 'firstFrame', 300)
const scripts = tensorflow.filter((path) => path.endsWith('.js'))
count(
  'TensorFlow.js outside of workers',
  scripts.filter((path) => !/worker/.test(path)),
)
const early = times.flatMap(({ askedBeforePaint }) => askedBeforePaint)
count(
  'TensorFlow.js asked for before first paint',
  tensorflow.filter((path) => early.some((address) => address.endsWith(path))),
)

console.table(
  rows.map(({ what, measured, limit, unit }) => ({
    what,
    measured: Number(measured.toFixed(1)),
    limit: limit ?? '–',
    unit,
    kept: limit === null ? '–' : measured <= limit ? 'yes' : 'NO',
  })),
)
if (rows.some(({ measured, limit }) => limit !== null && measured > limit)) process.exitCode = 1
