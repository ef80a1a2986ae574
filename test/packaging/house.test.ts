import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, test } from 'vitest'
import { circle, type Import, importsOf, sourceFiles } from './source-graph.ts'

const files = sourceFiles('src', 'worklet', 'demo')
const imports = files.flatMap(importsOf)

/** What other rooms may name of a room: its index, and what it has for Node or for browsers alone. */
const ENTRIES = new Set(['index.ts', 'node.ts', 'browser.ts'])

/** src/frontend/pooling/gaussian.ts → src/frontend; a file that lies in src itself is a room of its own. */
function roomOf(path: string): string {
  const [top, room, ...rest] = path.split('/')
  if (top === 'worklet') return top
  return rest.length > 0 ? `${top}/${room}` : path
}

/** Files of one folder know each other, and those of the folders around them within their room. */
function isAtHome({ from, to }: Import): boolean {
  const [own, other] = [dirname(from), dirname(to)]
  return own === other || (roomOf(from) === roomOf(to) && own.startsWith(`${other}/`))
}

function edgesOf(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>()
  for (const [from, to] of pairs) {
    if (from === to) continue
    edges.set(from, (edges.get(from) ?? new Set()).add(to))
  }
  return edges
}

test('a room is entered through its index only', () => {
  const single = (path: string) => roomOf(path) === path
  const past = imports.filter((one) => !isAtHome(one) && !single(one.to) && !ENTRIES.has(basename(one.to)))
  expect(past.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
})

test('no file needs itself, by whatever way round', () => {
  const real = imports.filter(({ typeOnly }) => !typeOnly)
  expect(circle(edgesOf(real.map(({ from, to }) => [from, to])))).toBeNull()
})

test('rooms do not need each other in circles, not even for their types', () => {
  expect(circle(edgesOf(imports.map(({ from, to }) => [roomOf(from), roomOf(to)])))).toBeNull()
})

test('what ships takes nothing from the tests or the page', () => {
  const shipped = imports.filter(({ from }) => !from.startsWith('demo/'))
  expect(shipped.filter(({ to }) => /^(test|demo)\//.test(to))).toEqual([])
})

test('the mathematics knows no platform', () => {
  const outside = imports.filter(
    ({ from, to }) => from.startsWith('src/frontend/') && !/^src\/(frontend\/|error\.ts)/.test(to),
  )
  expect(outside).toEqual([])
})

test('TensorFlow.js is imported by inference and by learning only', () => {
  const users = files.filter((path) => /from '@tensorflow\//.test(readFileSync(path, 'utf8')))
  expect(users.length).toBeGreaterThan(0)
  expect(users.filter((path) => !/^src\/(inference|learning)\//.test(path))).toEqual([])
})
