// In the sources the audio thread's script and the worker are TypeScript that Vite serves; in the published library
// they are files beside index.js. This plugin rewrites the few places that name them.

const filesBeside = [
  { source: /\/processor\.ts\?worker&url$/, file: () => 'leaf.worklet.js' },
  {
    source: /\/(tfjs-backend-wasm(-simd)?\.wasm)\?url$/,
    file: (/** @type {RegExpMatchArray} */ match) => match[1],
  },
]
const workerUrl = /new URL\(\s*'\.\/worker\.ts',\s*import\.meta\.url\s*\)/g
const inlined = /\/audio\/worklet-source\.ts$/

/**
 * @param {string} [workletSource] text of the compiled worklet, for the blob that serves where no file can
 * @returns {import('rolldown').Plugin}
 */
export function delivery(workletSource) {
  return {
    name: 'leaf-delivery',
    resolveId(id) {
      for (const { source, file } of filesBeside) {
        const match = id.match(source)
        if (match) return `\0beside:${file(match)}`
      }
      return null
    },
    load(id) {
      if (id.startsWith('\0beside:'))
        return `export default new URL('./${id.slice(8)}', import.meta.url).href`
      if (workletSource && inlined.test(id))
        return `export const workletSource = ${JSON.stringify(workletSource)}`
      return null
    },
    transform(code) {
      const rewritten = code.replace(workerUrl, `new URL('./classifier.worker.js', import.meta.url)`)
      return rewritten === code ? null : rewritten
    },
  }
}
