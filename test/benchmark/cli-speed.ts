// How many times faster than real time the command line is on one core, start-up of the process left out:
//   node .config/kernel.mjs && npx tsx test/benchmark/cli-speed.ts [MODEL]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chunk, format, wavOf } from '../audio-file/wav-bytes.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECONDS = 300
const RATE = 44100
const RUNS = 3

/** Five minutes in stereo, 16 bits: noise that swells, and a chirp that goes up once a second. */
function soundFile(): Buffer {
  const samples = new Int16Array(2 * SECONDS * RATE)
  let state = 1
  for (let i = 0; i < SECONDS * RATE; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    const time = i / RATE
    const noise = 3000 * (state / 2 ** 31) * Math.sin(time) ** 2
    const second = time % 1
    samples[2 * i] = noise + 9000 * Math.sin(2 * Math.PI * (200 + 2000 * second) * second)
    samples[2 * i + 1] = noise
  }
  return wavOf(chunk('fmt ', format(1, 2, RATE, 16)), chunk('data', new Uint8Array(samples.buffer)))
}

/** What the command's last line says of its speed. */
function speedOf(words: string[]): number {
  const command = [process.execPath, '--import', 'tsx', 'src/cli/index.ts', ...words]
  const pinned = process.platform === 'linux' ? ['taskset', '-c', '0', ...command] : command
  const { stderr, status } = spawnSync(pinned[0], pinned.slice(1), {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const speed = /, (\d+) × real time/.exec(stderr ?? '')
  if (status !== 0 || !speed) throw new Error(`${words[0]} failed: ${stderr}`)
  return Number(speed[1])
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const model = process.argv[2] ? ['--model', process.argv[2]] : []
const folder = mkdtempSync(join(tmpdir(), 'leaf-speed-'))
try {
  const file = join(folder, 'five-minutes.wav')
  writeFileSync(file, soundFile())
  const commands = [
    { name: 'features', words: ['features', file, '--out', join(folder, 'features.npy')], wanted: 100 },
    { name: 'detect', words: ['detect', file, ...model], wanted: 20 },
  ]
  for (const { name, words, wanted } of commands) {
    const speed = median(Array.from({ length: RUNS }, () => speedOf(words)))
    console.log(`${name.padEnd(8)} ${speed} × real time (wanted: ${wanted})`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
