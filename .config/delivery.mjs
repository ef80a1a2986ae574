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

const defaultModel = '../../demo/public/models/events.safetensors'

/**
 * The same for what runs in Node: the default model and TensorFlow.js's binary are files beside the script, and LeafError
 * is that of the other entries.
 * @returns {import('rolldown').Plugin}
 */
export function nodeDelivery() {
  return {
    name: 'leaf-node-delivery',
    resolveId(id) {
      // For Node before 18, which had no fetch().
      if (id === 'node-fetch') return '\0nothing'
      return /\/error\.ts$/.test(id) ? { id: './error.js', external: true } : null
    },
    load(id) {
      if (id === '\0nothing') return 'export default null'
      if (!id.replaceAll('\\', '/').endsWith('/src/inference/wasm-file.ts')) return null
      return `import { fileURLToPath } from 'node:url'
export const wasmFile = fileURLToPath(new URL('./tfjs-backend-wasm-simd.wasm', import.meta.url))`
    },
    transform(code) {
      return code.includes(defaultModel) ? code.replace(defaultModel, './events.safetensors') : null
    },
  }
}
