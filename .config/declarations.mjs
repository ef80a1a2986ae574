// The declarations that the package's entries reach, and no others.
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** A relative module in `from '…'`, `import '…'` or `import('…')`, or a file in `/// <reference path="…" />`. */
const reference = /(?:from\s+|import\s*\(?\s*)['"](\.[^'"]+)['"]|<reference path="([^"]+)"/g

/**
 * Removes every declaration of a folder that none of the entries needs.
 * @param {string} root @param {string} folder @param {string[]} entries paths from the root
 */
export async function prune(root, folder, entries) {
  const reached = new Set(entries.map((entry) => resolve(root, entry)))
  for (const file of reached) {
    const text = await readFile(file, 'utf8')
    for (const [, module, path] of text.matchAll(reference))
      reached.add(resolve(dirname(file), (path ?? module).replace(/(\.d)?\.[jt]s$/, '.d.ts')))
  }
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name)
    if (name.endsWith('.d.ts') && !reached.has(file)) await rm(file)
  }
}
