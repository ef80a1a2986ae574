import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Every page beside the code, and the user's. */
const pages = [
  'README.md',
  ...['src', 'worklet', 'demo', 'test'].flatMap((top) =>
    readdirSync(top, { recursive: true }).map((name) => join(top, String(name))),
  ),
]
  .filter((path) => path.endsWith('.md') && !/\b(node_modules|dist)\b/.test(path))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

test('every command that a page names is a script of the package', () => {
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm run (?:--silent )?([a-z][a-z-]*)/g)].map(([, name]) => ({ path, name })),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([])
})

test('every file that a page links to or names as a test is there', () => {
  const linked = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, to]) => join(dirname(path), to)),
  )
  const named = pages.flatMap(({ text }) =>
    [...text.matchAll(/npm test -- ((?:test\/\S+ ?)+)/g)].flatMap(([, paths]) => paths.match(/[\w./-]+/g)!),
  )
  expect(linked.length).toBeGreaterThan(0)
  expect(named.length).toBeGreaterThan(0)
  expect([...linked, ...named].filter((path) => !existsSync(path))).toEqual([])
})

test("the user's page stays short", () => {
  expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(120)
})
