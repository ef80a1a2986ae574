import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'kernel-types-'))
  const filter = (path: string) => !path.endsWith('/kernel/build')
  for (const folder of ['.config', 'worklet', 'src'])
    await cp(join(root, folder), join(copy, folder), { recursive: true, filter })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const options = { extends: './base.json', include: ['worklet/pipeline.ts', 'src/gradient/index.ts'] }
  await cp(join(root, 'tsconfig.json'), join(copy, 'base.json'))
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify(options))
})

afterAll(() => rm(copy, { recursive: true, force: true }))

/** Runs a script of Node in the copy. @returns what it wrote, and whether it succeeded. */
function runs(...script: string[]): { ok: boolean; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { cwd: copy, encoding: 'utf8' })
  return { ok: status === 0, text: stdout + stderr }
}

const compile = () => runs('.config/kernel.mjs')
const typecheck = () => runs('node_modules/typescript/bin/tsc', '-p', '.')

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(copy, file), 'utf8')
  expect(text).toContain(from)
  await writeFile(join(copy, file), text.replace(from, to))
}

test('a kernel whose signature changed does not compile with those who call it', {
  timeout: 180_000,
}, async () => {
  // Both kernels export it.
  await change(
    'worklet/kernel/samples.ts',
    'clear(target: usize, bytes: usize)',
    'clear(target: usize, bytes: usize, more: i32)',
  )
  expect(compile()).toMatchObject({ ok: true })
  const { ok, text } = typecheck()
  expect(ok).toBe(false)
  const errors = text.trim().split('\n')
  expect(errors.some((line) => line.startsWith('worklet/'))).toBe(true)
  expect(errors.some((line) => line.startsWith('src/gradient/'))).toBe(true)
  // What did not change compiles.
  for (const line of errors) expect(line).toMatch(/error TS2554: Expected 3 arguments, but got 2\.$/)
})

test('a bool that a kernel returns, which would come out as a number, is refused', async () => {
  await change('worklet/kernel/samples.ts', 'heapStart(): usize {', 'heapStart(): bool {')
  await change('worklet/kernel/samples.ts', 'return __heap_base;', 'return __heap_base > 0;')
  const { ok, text } = compile()
  expect(ok).toBe(false)
  expect(text).toContain('worklet/kernel: an exported function returns a bool; let it return an i32.')
})
