import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'rolldown'
import type { Plugin } from 'vite'
import { modulesOf } from '../../.config/licenses.mjs'

const input = fileURLToPath(new URL('./service-worker.ts', import.meta.url))

/** Writes service-worker.js beside the built page, with the list of all that was built. */
export const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const files = await readdir(dir, { recursive: true, withFileTypes: true })
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
    const entries = await Promise.all(paths.sort().map((path) => entryOf(dir, path)))
    await build({
      ...bundling(JSON.stringify(entries)),
      output: { file: join(dir, 'service-worker.js'), format: 'iife', minify: true },
    })
  },
}

/** The ids of the modules that go into service-worker.js. */
export async function serviceWorkerModules(): Promise<string[]> {
  return modulesOf(await build({ ...bundling('[]'), write: false }))
}

const bundling = (files: string): BuildOptions => ({
  input,
  platform: 'browser',
  transform: { define: { BUILT_FILES: files, 'process.env.NODE_ENV': '"production"' } },
})

/** The names of assets change with their content; of the others the service worker has to know the content. */
async function entryOf(folder: string, path: string): Promise<{ url: string; revision: string | null }> {
  const url = path.slice(folder.length + 1).replaceAll('\\', '/')
  if (url.startsWith('assets/')) return { url, revision: null }
  const hash = createHash('sha256').update(await readFile(path))
  return { url, revision: hash.digest('hex').slice(0, 16) }
}
