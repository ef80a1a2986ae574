// npm run browsers: the live path in every browser that is installed, on a page with shared memory and one without.
//
//   npm run browsers                    what is there; what is not is named and left out
//   npm run browsers -- firefox webkit  only these; one that is not there fails then
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPage, servePage } from '../harness.ts'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import type { Bench, BrowserKind, Session } from './session.ts'
import { startSound } from './sound.ts'
import { fallbacks, table } from './table.ts'
import { type Trial, tryPage } from './trial.ts'
import { webkit } from './webkit.ts'

const root = join(import.meta.dirname, '../../..')
const kinds: readonly BrowserKind[] = [chromium, firefox, webkit]
const { positionals: names } = parseArgs({ allowPositionals: true })
const unknown = names.filter((name) => !kinds.some((kind) => kind.name === name))
const wanted = names.length > 0 ? kinds.filter(({ name }) => names.includes(name)) : kinds
const trials: Trial[] = []
const failures = unknown.map((name) => `${name}: not one of ${kinds.map((kind) => kind.name).join(', ')}`)

const folder = await mkdtemp(join(tmpdir(), 'leaf-browsers-'))
const page = await buildPage('test/browser/matrix/page')
const files = { 'events.safetensors': 'models', 'street.mp3': 'clips' }
for (const [file, place] of Object.entries(files))
  await copyFile(join(root, 'demo/public', place, file), join(page.folder, file))
const sound = await startSound(folder)

for (const kind of wanted) {
  const missing = kind.missing()
  if (missing === null) await tryBrowser(kind, { folder, environment: sound?.environment ?? {} })
  else if (names.length > 0) failures.push(`${kind.name}: ${missing}`)
  else console.log(`Left out ${kind.name}: ${missing}.`)
}

await sound?.server.end()
await page.remove()
await rm(folder, { recursive: true, force: true })

if (trials.length > 0) console.log(`\n${table(trials)}\n`)
for (const trial of trials)
  for (const fallback of fallbacks(trial))
    console.log(`${trial.version}, ${trial.isolated ? 'isolated' : 'plain'} page: ${fallback}`)
for (const { version, faults } of trials) failures.push(...faults.map((fault) => `${version}: ${fault}`))
for (const failure of failures) console.error(`FAILED ${failure}`)
// Programs that a failure left running end with this process.
process.exit(failures.length > 0 || trials.length === 0 ? 1 : 0)

async function tryBrowser(kind: BrowserKind, bench: Bench): Promise<void> {
  let session: Session | undefined
  try {
    session = await kind.start(bench)
    console.log(`${session.version} …`)
    for (const isolated of [true, false]) trials.push(await tryServed(session, isolated))
  } catch (error) {
    failures.push(`${kind.name}: ${(error as Error).message}`)
  } finally {
    await session?.close().catch((error: Error) => failures.push(`${kind.name}: ${error.message}`))
  }
}

async function tryServed(session: Session, isolated: boolean): Promise<Trial> {
  const served = await servePage(page.folder, { isolated })
  try {
    return await tryPage(session, served.url)
  } finally {
    await served.close()
  }
}
