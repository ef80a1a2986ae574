import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type OutputChunk, rolldown } from 'rolldown'

/** A module that imports another, and is in no file. */
const APPLICATION = 'virtual:application'

/**
 * What a module costs the application that imports it: bundled with all it imports, minified and gzipped in bytes.
 * What it fetches later, if ever, is not counted.
 *
 * @param names which of its exports the application imports; all if left out
 */
export async function bundledSize(module: string, names: readonly string[] = []): Promise<number> {
  const what = names.length > 0 ? `{ ${names.join(', ')} }` : '*'
  const application = {
    name: 'application',
    resolveId: (id: string) => (id === APPLICATION ? id : null),
    load: (id: string) => (id === APPLICATION ? `export ${what} from ${JSON.stringify(module)}` : null),
  }
  const bundle = await rolldown({ input: APPLICATION, platform: 'browser', plugins: [application] })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk')
  const [entry] = chunks.filter(({ isEntry }) => isEntry)
  const needed = [entry]
  for (const { imports } of needed)
    needed.push(...chunks.filter((chunk) => imports.includes(chunk.fileName) && !needed.includes(chunk)))
  return gzipSync(needed.map(({ code }) => code).join('\n')).length
}

/** A file as a server sends it, gzipped in bytes. */
export async function sentSize(file: string): Promise<number> {
  return gzipSync(await readFile(file)).length
}

/** The files of a folder together, each as a server sends it, gzipped in bytes. */
export async function folderSize(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  const sizes = await Promise.all(paths.map(sentSize))
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

/** Said by tfjs-core on its first use, thus in every script that holds it. */
const TENSORFLOW_SAYS = 'running TensorFlow.js'

/** The files of a folder, by their paths in it, that hold TensorFlow.js. */
export async function tensorflowFiles(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const path of await readdir(folder, { recursive: true })) {
    const holds =
      path.endsWith('.js') && (await readFile(join(folder, path), 'utf8')).includes(TENSORFLOW_SAYS)
    if (holds || /tfjs.*\.wasm$/.test(path)) found.push(path.replaceAll('\\', '/'))
  }
  return found
}
