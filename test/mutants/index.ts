// npm run mutants [-- COUNT SEED]: changes the sources as a slip of the hand would, one place at a time, in a copy of
// the repository, and runs the tests of the room. Prints what they caught and what survived. First those that survived
// once; if one of them does again, the command fails. A survivor is a test that is missing, or a change that changes nothing.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { randomOf } from '../fuzz/mutate.ts'
import { slipsIn } from './mutations.ts'
import { known, type Mutant, rooms } from './rooms.ts'

/** Seconds after which a mutant counts as caught: it loops. */
const PATIENCE = 600

const [count = 30, seed = 1] = process.argv.slice(2).map(Number)
const root = dirname(dirname(import.meta.dirname))
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((file) => file !== '')
const copy = mkdtempSync(join(tmpdir(), 'leaf-mutants-'))
try {
  for (const file of files) cpSync(join(root, file), join(copy, file))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  process.exitCode = tryAll()
} finally {
  rmSync(copy, { recursive: true })
}

function tryAll(): number {
  const drawn = draw()
  const broken = [...new Set([...known, ...drawn].map(({ tests }) => tests.join(' ')))].filter(
    (tests) => !pass(tests.split(' ')),
  )
  if (broken.length > 0) {
    console.log(`These fail without a mutant: ${broken.join(', ')}`)
    return 1
  }
  const again = known.filter((mutant) => survives(mutant)).length
  const survivors = drawn.filter((mutant) => survives(mutant)).length
  console.log(
    `${known.length} known mutants, ${again} survived; ${drawn.length} drawn, ${survivors} survived`,
  )
  return again === 0 ? 0 : 1
}

/** As many of each room. */
function draw(): Mutant[] {
  const random = randomOf(seed)
  const pools = rooms.map((room) =>
    files
      .filter((file) => file === room.source || file.startsWith(`${room.source}/`))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => slipsIn(root, file, room)),
  )
  return Array.from({ length: count }, (_, i) => {
    const pool = pools[i % pools.length]
    return pool[Math.floor(random() * pool.length)]
  })
}

function survives({ file, at, from, to, tests }: Mutant): boolean {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  const place = at ?? text.indexOf(from)
  if (place < 0) throw new Error(`${file} has no ${from}: mend the list in test/mutants/rooms.ts.`)
  writeFileSync(path, text.slice(0, place) + to + text.slice(place + from.length))
  const isAlive = pass(tests)
  writeFileSync(path, text)
  const line = text.slice(0, place).split('\n').length
  console.log(
    `${isAlive ? 'SURVIVED' : 'caught  '} ${file}:${line} ${from.trim()} → ${to.trim() || 'nothing'}`,
  )
  return isAlive
}

/** Whether the kernel compiles and the tests pass. */
function pass(tests: readonly string[]): boolean {
  const run = (...command: string[]) =>
    spawnSync(process.execPath, command, { cwd: copy, timeout: 1000 * PATIENCE }).status === 0
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  return (
    run('.config/kernel.mjs') &&
    run(vitest, 'run', '--config', '.config/vitest.config.ts', '--project', 'node*', '--bail', '1', ...tests)
  )
}
