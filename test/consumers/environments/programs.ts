// Without a browser: the DOMs of unit tests, and streams in Node.
import { match } from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resampleReference } from '../../../src/plan/index.ts'
import { MICROPHONE_RATE } from '../../browser/microphone-file.ts'
import { speech } from '../../browser/speech.ts'
import { execute } from '../packed.ts'
import { snippets } from '../readme.ts'
import type { Environment, Run } from './environment.ts'
import type { Project } from './project.ts'

/** Hz, of the documented programs. */
const RATE = 16000
const page = fileURLToPath(new URL('../README.md', import.meta.url))

const doms: Environment = {
  name: 'DOMs of unit tests',
  layers: ['dom'],
  packages: { jsdom: '26.1.0', '@happy-dom/global-registrator': '21.0.4' },
  ways: ['jsdom', 'happy-dom'].map((name) => ({
    name,
    async run({ folder }) {
      await execute('node', [`${name}.js`], folder)
      return undefined
    },
  })),
}

/** What stands behind a pipe: the program of the page beside, and the command. */
const node: Environment = {
  name: `Node ${process.versions.node}`,
  layers: [],
  packages: { tsx: '4.23.15' },
  ways: [
    piped('detectStream, as documented', async ({ folder }) => {
      const program = snippets(await readFile(page, 'utf8')).find(({ text }) => /process\.stdin/.test(text))!
      await writeFile(join(folder, 'hear.mts'), program.text)
      return 'npx tsx hear.mts'
    }),
    piped('the command', async () => `npx leaf-worklet detect - --raw int16 --sample-rate ${RATE}`),
  ],
}

export const programs: readonly Environment[] = [doms, node]

/** Speech on the standard input of a command. @param prepare gives the command */
function piped(name: string, prepare: (project: Project) => Promise<string>): Run {
  return {
    name,
    async run(project) {
      const samples = resampleReference(await speech(), MICROPHONE_RATE, RATE)
      const raw = Int16Array.from(samples, (sample) => Math.round(sample * 32767))
      await writeFile(join(project.folder, 'speech.raw'), raw)
      const command = `${await prepare(project)} < speech.raw`
      match(await execute('bash', ['-c', command], project.folder), /speech/)
      return undefined
    },
  }
}
