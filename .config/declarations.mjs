// The declarations as they are published: those that the package's entries reach, for TypeScript 5.4 and newer.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
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

/** `Uint8Array<ArrayBuffer>`, which TypeScript before 5.7 does not know; what `slice` returns is that where it is known. */
const ownBuffer = /\b(\w+Array)<ArrayBuffer>/g

/** Makes the declarations of a folder readable for TypeScript 5.4. @param {string} folder */
export async function widen(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue
    const text = await readFile(join(folder, name), 'utf8')
    const widened = text
      .replace(ownBuffer, "ReturnType<$1['slice']>")
      .replace(/\b(\w+Array)<ArrayBufferLike>/g, '$1')
    if (widened !== text) await writeFile(join(folder, name), widened)
  }
}
