// npm run consumers: the packed library in other people's tools and hosts, each built and used in a browser.
//
//   npm run consumers                 all of them
//   npm run consumers -- next vite    those whose names contain one of these
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../../browser/harness.ts'
import { microphoneFile } from '../../browser/microphone-file.ts'
import { repeat, speech } from '../../browser/speech.ts'
import { use } from '../apps.ts'
import { pack } from '../packed.ts'
import { environments } from './all.ts'
import type { Environment, Served, Way } from './environment.ts'
import { works } from './looks.ts'
import { openProject, type Project } from './project.ts'

// Servers end with the command, however it is ended.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const NOT_TRIED = 'not tried: '

const { positionals } = parseArgs({ allowPositionals: true })
const chosen = environments.filter(
  ({ name }) =>
    positionals.length === 0 || positionals.some((part) => name.toLowerCase().includes(part.toLowerCase())),
)

const folder = await mkdtemp(join(tmpdir(), 'leaf-environments-'))
const microphone = join(folder, 'microphone.wav')
await writeFile(microphone, microphoneFile(repeat(await speech(), 10)))
const packed = await pack([])
const rows: { environment: string; way: string; result: string }[] = []

for (const environment of chosen) await tryEnvironment(environment)
await packed.remove()
await rm(folder, { recursive: true, force: true })

const width = (key: 'environment' | 'way') => Math.max(...rows.map((row) => row[key].length))
console.log()
for (const { environment, way, result } of rows)
  console.log(
    `${environment.padEnd(width('environment'))}  ${way.padEnd(width('way'))}  ${result.split('\n')[0]}`,
  )
const failed = rows.filter(({ result }) => result !== 'works' && !result.startsWith(NOT_TRIED))
for (const { environment, way, result } of failed) console.error(`\nFAILED ${environment}, ${way}\n${result}`)
process.exit(failed.length > 0 || rows.length === 0 ? 1 : 0)

async function tryEnvironment(environment: Environment): Promise<void> {
  console.log(`${environment.name} …`)
  const { name, ways } = environment
  const place = join(folder, name.replace(/\W/g, '-'))
  let project: Project
  try {
    project = await openProject(place, packed.tarball, environment)
  } catch (error) {
    rows.push({ environment: name, way: 'install', result: messageOf(error) })
    return
  }
  for (const way of ways) {
    const result = await tryWay(project, way).catch(messageOf)
    console.log(`  ${way.name}: ${result.split('\n')[0]}`)
    rows.push({ environment: name, way: way.name, result })
  }
  await rm(place, { recursive: true, force: true })
}

/** @returns "works", or why it was not tried @throws what does not */
async function tryWay(project: Project, way: Way): Promise<string> {
  if ('serve' in way) await tryPage(project, way)
  else {
    const reason = await way.run(project, microphone)
    if (reason !== undefined) return `${NOT_TRIED}${reason}`
  }
  return 'works'
}

async function tryPage(project: Project, { serve, flags = [], look = works }: Served): Promise<void> {
  // Its fake microphone speaks once.
  const browser = await launchBrowser(microphone, ...flags)
  try {
    const served = await serve(project)
    await use(browser, served.url, look).finally(() => served.close())
  } finally {
    await browser.close()
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
