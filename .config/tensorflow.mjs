// TensorFlow.js registers every kernel, gradient and layer it has, because a model names them as texts. Here the names
// are known: a model file may have the layers of src/model/layers.ts and no others. This plugin leaves the rest out of
// what is built. Whatever would be asked for all the same, TensorFlow.js refuses with an error that names it.
import { gradients, inferenceKernels, lackingInWasm, learningKernels } from './tensorflow-kernels.mjs'

const registrations = /\/tfjs-(backend-cpu|backend-wasm|backend-webgpu|core)\/dist\/register_all_\w+\.js$/
const anyImport = /^import .+$/gm
const register = /^import \{ (registerKernel|registerGradient) \} from '[^']+';$/
const registered = /^import \{ (\w+) \} from '\.\/(?:kernels|gradients)\/(\w+?)(?:_grad)?';$/
/** Files that are not named after their kernel. */
const kernelOf = new Map([['BatchNorm', 'FusedBatchNorm']])

/** WebGPU takes functions out of a namespace by a constant, of which bundlers then keep every member. */
const namespace = /\/tfjs-backend-webgpu\/dist\/kernel_utils\/shared\.js$/
const destructured =
  /^import \* as shared from ('[^']+');\nconst \{ ([^}]+), \} = shared;\nexport \{[^}]+\};$/m

/** The binary with threads, which src/inference/wasm.ts turns off. */
const threads = /[\\/]tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/

/** Layers that no model file may name, by the files that register them. */
const unnamed =
  /\/tfjs-layers\/dist\/layers\/(convolutional_recurrent|embeddings|padding|recurrent|wrappers)\.js$/

/**
 * For one bundle. One whose entry is in src/learning can teach, any other only scores.
 *
 * @returns {import('rolldown').Plugin}
 */
export function tensorflowSubset() {
  let teaches = false
  return {
    name: 'tensorflow-subset',
    buildStart({ input }) {
      teaches = Object.values(input).some((entry) => /\bsrc[\\/]learning\b/.test(entry))
    },
    load: (id) => (threads.test(id) ? 'export default null; export const wasmWorkerContents = ""' : null),
    transform(code, id) {
      const path = id.replaceAll('\\', '/')
      if (unnamed.test(path)) return { code, moduleSideEffects: false }
      if (namespace.test(path)) return namedExports(code, path)
      const [, part] = path.match(registrations) ?? []
      return part ? registering(code, path, namesFor(part, teaches)) : null
    },
  }
}

/** @param {string} part of TensorFlow.js @param {boolean} teaches */
function namesFor(part, teaches) {
  if (part === 'core') return teaches ? gradients : []
  if (!teaches) return inferenceKernels
  // Plain JavaScript is too slow to be taught on: src/learning passes it over.
  if (part === 'backend-cpu') return []
  const all = [...inferenceKernels, ...learningKernels]
  return part === 'backend-wasm' ? all.filter((name) => !lackingInWasm.includes(name)) : all
}

/**
 * A file of registrations with those of some names only.
 *
 * @param {string} code @param {string} path @param {readonly string[]} names
 */
export function registering(code, path, names) {
  const lines = code.match(anyImport) ?? []
  const [first, ...others] = lines.flatMap((line) => line.match(register)?.[1] ?? [])
  const known = new Map(
    lines.flatMap((line) => {
      const [, config, file] = line.match(registered) ?? []
      return config ? [[kernelOf.get(file) ?? file, { line, config }]] : []
    }),
  )
  if (!first || others.length > 0 || known.size !== lines.length - 1)
    throw new Error(`${path} does not register what it imports in the way known here.`)
  const entries = names.map((name) => {
    const entry = known.get(name)
    if (!entry) throw new Error(`${path} does not have ${name}.`)
    return entry
  })
  return [
    lines.find((line) => register.test(line)),
    ...entries.map(({ line }) => line),
    ...entries.map(({ config }) => `${first}(${config})`),
  ].join('\n')
}

/** @param {string} code @param {string} path */
function namedExports(code, path) {
  const [, from, names] = code.match(destructured) ?? []
  if (!names) throw new Error(`${path} does not take functions out of a namespace in the way known here.`)
  return `export { ${names.replaceAll(': ', ' as ')} } from ${from}`
}
