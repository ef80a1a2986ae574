// Compiles the AssemblyScript kernels to WebAssembly and to modules that carry the same bytes as base64.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The engine's, and that of learning, which takes its transforms and logarithms from the first. */
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
]

/** Compiles the kernels of which a source (or this script) is newer than what was built. Speaks on the error stream only. */
export async function buildKernel() {
  for (const sources of kernels) if (await isStale(sources)) await compile(sources)
}

/** @param {string} sources */
async function compile(sources) {
  const { default: asc } = await import('assemblyscript/asc')
  const output = join(root, sources, 'build')
  await mkdir(output, { recursive: true })
  // Built beside the target and renamed, so that two builds at once never leave half a file.
  const draft = `${sources}/build/kernel-${process.pid}.wasm`
  const { error, stderr } = await asc.main(
    [`${sources}/index.ts`, '--baseDir', root, '--outFile', draft, ...flags],
    { readFile: readSource },
  )
  const messages = stderr.toString().trim()
  if (messages) console.error(messages)
  if (error) {
    await rm(join(root, draft), { force: true })
    throw new Error(`${sources} does not compile: ${error.message}`)
  }
  const bytes = await readFile(join(root, draft))
  const draftModule = join(output, `bytes-${process.pid}.ts`)
  await writeFile(draftModule, `export const kernelBase64: string =\n  '${bytes.toString('base64')}'\n`)
  await rename(join(root, draft), join(output, 'kernel.wasm'))
  await rename(draftModule, join(output, 'bytes.ts'))
  console.error(`${sources} compiled: ${bytes.length} bytes of WebAssembly.`)
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
  const built = await modified(join(root, sources, 'build/bytes.ts'))
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
