import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const readme = readFileSync('README.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

test('every command the README names is a script of the package', () => {
  const named = [...readme.matchAll(/\bnpm run (?:--silent )?([a-z][a-z-]*)/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('every file the README links to or names as an argument is there', () => {
  const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path)
  const named = [...readme.matchAll(/npm test -- ((?:test\/\S+ ?)+)/g)].flatMap(
    ([, paths]) => paths.match(/[\w./-]+/g)!,
  )
  expect(linked.length).toBeGreaterThan(0)
  expect(named.length).toBeGreaterThan(0)
  expect([...linked, ...named].filter((path) => !existsSync(path))).toEqual([])
})
