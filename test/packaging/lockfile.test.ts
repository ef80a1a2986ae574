import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Entry {
  version: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const packages: Record<string, Entry> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages

/** Where Node would find `name` from the package at `path`. */
function resolve(path: string, name: string): Entry | undefined {
  for (let folder = path && `${path}/`; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
    const entry = packages[`${folder}node_modules/${name}`]
    if (entry || folder === '') return entry
  }
}

// npm leaves out what it could not look up, and then neither `npm ci` nor the other platform works.
test('the lockfile holds the builds of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name, version]) => /^\d/.test(version) && resolve(path, name)?.version !== version)
      .map(([name, version]) => `${name}@${version}`),
  )
  expect(missing).toEqual([])
})

test('every package is pinned to one version, and to no registry', () => {
  const versions = { ...manifest.dependencies, ...manifest.devDependencies }
  for (const [name, version] of Object.entries(versions)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
})
