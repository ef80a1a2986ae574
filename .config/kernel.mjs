// Compiles the AssemblyScript kernels. For each, `build/index.ts` holds the WebAssembly as base64 and the types of its
// exports as the compiler derives them from the sources: who calls a function by a signature of yesterday does not compile.
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The engine's, those of learning, which take transforms and logarithms from the first: of the frontend and of the classifier. */
const kernels = ['worklet/kernel', 'src/gradient/kernel', 'src/learning/network/kernel']

const flags = [
  '--runtime',
  'stub',
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--initialMemory',
  '1',
  '--use',
  'abort=',
  '--bindings',
  'raw',
]

/** Compiles the kernels of which a source (or this script) is newer than what was built. Speaks on the error stream only. */
export async function buildKernel() {
  for (const sources of kernels) if (await isStale(sources)) await compile(sources)
}

/** @param {string} sources */
async function compile(sources) {
  const { default: asc } = await import('assemblyscript/asc')
  /** @type {Map<string, string | Uint8Array>} */
  const outputs = new Map()
  const { error, stderr } = await asc.main(
    [`${sources}/index.ts`, '--baseDir', root, '--outFile', 'kernel.wasm', ...flags],
    { readFile: readSource, writeFile: (name, contents) => void outputs.set(name, contents) },
  )
  const messages = stderr.toString().trim()
  if (messages) console.error(messages)
  if (error) throw new Error(`${sources} does not compile: ${error.message}`)
  const bytes = Buffer.from(outputs.get('kernel.wasm') ?? '')
  const types = exportTypes(String(outputs.get('kernel.d.ts')), sources)
  const output = join(root, sources, 'build')
  await mkdir(output, { recursive: true })
  // Written beside the target and renamed, so that two builds at once never leave half a file.
  const draft = join(output, `index-${process.pid}.ts`)
  await writeFile(draft, `${types}\nexport const kernelBase64: string =\n  '${bytes.toString('base64')}'\n`)
  await rename(draft, join(output, 'index.ts'))
  console.error(`${sources} compiled: ${bytes.length} bytes of WebAssembly.`)
}

/**
 * The compiler's declaration of the exports, as a type. Its own loader is not used: it is asynchronous.
 * @param {string} declaration @param {string} sources
 */
function exportTypes(declaration, sources) {
  const [body] = declaration.match(/^declare namespace __AdaptedExports \{\n[\s\S]*?^\}\n/m) ?? []
  if (!body) throw new Error(`${sources}: the compiler declares the exports in a way not known here.`)
  // The bare instance gives a number, which only the compiler's loader would turn into what it declares.
  if (body.includes('): boolean;'))
    throw new Error(`${sources}: an exported function returns a bool; let it return an i32.`)
  return `${body.replace('__AdaptedExports', 'Exports')}\n/** The functions and the memory of an instance. */\nexport type Kernel = typeof Exports\n`
}

/**
 * AssemblyScript drops the extension of `import … from './x.ts'` but not that of `export … from './x.ts'`.
 * @param {string} name @param {string} folder
 */
async function readSource(name, folder) {
  const text = await readFile(resolve(folder, name), 'utf8').catch(() => null)
  return text?.replace(/(\sfrom\s+'\.[^']*)\.ts'/g, "$1'") ?? null
}

/** @param {string} sources */
async function isStale(sources) {
  const built = await modified(join(root, sources, 'build/index.ts'))
  if (built === 0) return true
  const files = await Promise.all(
    [...new Set([sources, kernels[0]])].map(async (folder) =>
      (await readdir(join(root, folder))).map((name) => join(root, folder, name)),
    ),
  )
  const times = await Promise.all(
    files
      .flat()
      .filter((name) => name.endsWith('.ts'))
      .map(modified),
  )
  return Math.max(...times, await modified(fileURLToPath(import.meta.url))) > built
}

/** @param {string} file */
async function modified(file) {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await buildKernel()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
