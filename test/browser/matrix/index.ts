// npm run browsers: the live path in every browser that is installed, on a page with shared memory and one without.
//
//   npm run browsers                    what is there; what is not is named and left out
//   npm run browsers -- firefox webkit  only these; one that is not there fails then
import { parseArgs } from 'node:util'
import { kinds, openBench } from './bench.ts'
import type { BrowserKind, Session } from './session.ts'
import { fallbacks, table } from './table.ts'
import type { Trial } from './trial.ts'

const { positionals: names } = parseArgs({ allowPositionals: true })
const unknown = names.filter((name) => !kinds.some((kind) => kind.name === name))
const wanted = names.length > 0 ? kinds.filter(({ name }) => names.includes(name)) : kinds
const trials: Trial[] = []
const failures = unknown.map((name) => `${name}: not one of ${kinds.map((kind) => kind.name).join(', ')}`)

const bench = await openBench()
for (const kind of wanted) {
  const missing = kind.missing()
  if (missing === null) await tryBrowser(kind)
  else if (names.length > 0) failures.push(`${kind.name}: ${missing}`)
  else console.log(`Left out ${kind.name}: ${missing}.`)
}
await bench.remove()

if (trials.length > 0) console.log(`\n${table(trials)}\n`)
for (const trial of trials)
  for (const fallback of fallbacks(trial))
    console.log(`${trial.version}, ${trial.isolated ? 'isolated' : 'plain'} page: ${fallback}`)
for (const { version, faults } of trials) failures.push(...faults.map((fault) => `${version}: ${fault}`))
for (const failure of failures) console.error(`FAILED ${failure}`)
// Programs that a failure left running end with this process.
process.exit(failures.length > 0 || trials.length === 0 ? 1 : 0)

async function tryBrowser(kind: BrowserKind): Promise<void> {
  let session: Session | undefined
  try {
    session = await kind.start(bench.surroundings)
    console.log(`${session.version} …`)
    for (const isolated of [true, false]) trials.push(await bench.tryPage(session, isolated, true))
  } catch (error) {
    failures.push(`${kind.name}: ${(error as Error).message}`)
  } finally {
    await session?.close().catch((error: Error) => failures.push(`${kind.name}: ${error.message}`))
  }
}
