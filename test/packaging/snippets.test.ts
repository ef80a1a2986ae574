import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { snippets } from '../consumers/readme.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'node_modules/.cache/leaf-snippets')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every page beside the code. */
const pages = [
  'README.md',
  ...['src', 'worklet', 'demo', 'test'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true }).map((name) => join(top, String(name))),
  ),
].filter((path) => path.endsWith('.md') && !/\b(node_modules|dist)\b/.test(path))

/**
 * Snippets import by the names of the package's entries, or from beside their page; one that begins with its own path in
 * a comment is that file.
 */
function absolute(text: string, page: string): string {
  const [, own = page] = text.match(/^\/\/ (\S+\.ts)$/m) ?? []
  return text.replace(/(from\s+|import\(\s*)'(\.{1,2}\/[^']+)'/g, (_, before, path) => {
    return `${before}'${resolve(root, dirname(own), path)}'`
  })
}

test('every TypeScript snippet of every page compiles against the sources', () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const written = pages.flatMap((page) =>
    snippets(readFileSync(join(root, page), 'utf8')).map(({ name, text }) => {
      const file = `${page.replace(/\W/g, '-')}-${name}`
      // Without an import or export a file is a script, and all scripts share their names.
      writeFileSync(join(folder, file), `${absolute(text, page)}\nexport {}\n`)
      return file
    }),
  )
  expect(written.length).toBeGreaterThan(0)
  const entry = (path: string) => [join(root, path)]
  const configuration = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noUnusedLocals: false,
      paths: {
        'leaf-worklet': entry('src/index.ts'),
        'leaf-worklet/model': entry('src/model/index.ts'),
        'leaf-worklet/node': entry('src/node/index.ts'),
        'leaf-worklet/view': entry('src/view/index.ts'),
        'leaf-worklet/teaching': entry('src/learning/teaching/index.ts'),
      },
    },
    include: written,
    exclude: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})
