import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Every module that one needs when it runs, and the packages among them. */
function neededBy(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const follow = (url: URL) => {
    if (files.has(url.pathname)) return
    files.add(url.pathname)
    const source = readFileSync(url, 'utf8').replaceAll(/^(import|export) type [^;]*?from .*$/gm, '')
    for (const [, name] of source.matchAll(/(?:from|^import) '([^']+)'/gm)) {
      if (name.startsWith('.')) follow(new URL(name.replace(/\?.*$/, ''), url))
      else packages.add(name)
    }
  }
  follow(new URL(`../../../src/learning/teaching/${entry}`, import.meta.url))
  return { files: [...files], packages: [...packages].sort() }
}

test('the page needs no TensorFlow.js, which is in the worker alone', () => {
  expect(neededBy('index.ts').packages).toEqual(['comlink', 'idb'])
})

test('the worker needs nothing of Node', () => {
  const { files, packages } = neededBy('worker.ts')
  expect(packages.filter((name) => name.startsWith('node:'))).toEqual([])
  expect(files.some((file) => file.endsWith('/learning/training/training.ts'))).toBe(true)
  expect(files.some((file) => file.endsWith('/learning/training/trainer.ts'))).toBe(true)
})
