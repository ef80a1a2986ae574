// In the sources the audio thread's script and the workers are TypeScript that Vite serves; in the published library
// they are files beside index.js. This plugin rewrites the few places that name them.

const filesBeside = [
  { source: /\/processor\.ts\?worker&url$/, file: () => 'leaf.worklet.js' },
  {
    source: /\/(tfjs-backend-wasm(-simd)?\.wasm)\?url$/,
    file: (/** @type {RegExpMatchArray} */ match) => match[1],
  },
]
const workerUrl = /new URL\(\s*'\.\/(plan-)?worker\.ts',\s*import\.meta\.url\s*\)/g
/** The file of a worker, by the folder of the module that starts it. */
const workerFiles = [
  { folder: '/src/audio/', file: 'plan.worker.js' },
  { folder: '/src/classifier/', file: 'classifier.worker.js' },
  { folder: '/src/learning/teaching/', file: 'teaching.worker.js' },
]

/** @returns {import('rolldown').Plugin} */
export function delivery() {
  return {
    name: 'leaf-delivery',
    resolveId(id) {
      if (/\/worklet-source\.ts$/.test(id)) return { id: './worklet-source.js', external: true }
      for (const { source, file } of filesBeside) {
        const match = id.match(source)
        if (match) return `\0beside:${file(match)}`
      }
      return null
    },
    load(id) {
      if (id.startsWith('\0beside:'))
        return `export default new URL('./${id.slice(8)}', import.meta.url).href`
      return null
    },
    transform(code, id) {
      const worker = workerFiles.find(({ folder }) => id.replaceAll('\\', '/').includes(folder))
      if (!worker) return null
      const rewritten = code.replace(workerUrl, `new URL('./${worker.file}', import.meta.url)`)
      return rewritten === code ? null : rewritten
    },
  }
}

/**
 * The text of worklet-source.js, which is fetched only where the worklet's own file cannot be had.
 *
 * @param {string} script the compiled worklet
 */
export function workletSourceModule(script) {
  return `export const workletSource = ${JSON.stringify(script)}\n`
}
