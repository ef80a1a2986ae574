// Compiles the AssemblyScript kernel to WebAssembly and to a module that carries the same bytes as base64.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = 'worklet/kernel'
const output = join(root, sources, 'build')
const wasmFile = join(output, 'kernel.wasm')
const bytesFile = join(output, 'bytes.ts')

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

/** Compiles the kernel if a source (or this script) is newer than what was built. Speaks on the error stream only. */
export async function buildKernel() {
  if (!(await isStale())) return
  const { default: asc } = await import('assemblyscript/asc')
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
    throw new Error(`The kernel does not compile: ${error.message}`)
  }
  const bytes = await readFile(join(root, draft))
  const draftModule = join(output, `bytes-${process.pid}.ts`)
  await writeFile(draftModule, `export const kernelBase64: string =\n  '${bytes.toString('base64')}'\n`)
  await rename(join(root, draft), wasmFile)
  await rename(draftModule, bytesFile)
  console.error(`Kernel compiled: ${bytes.length} bytes of WebAssembly.`)
}

/**
 * AssemblyScript drops the extension of `import … from './x.ts'` but not that of `export … from './x.ts'`.
 * @param {string} name @param {string} folder
 */
async function readSource(name, folder) {
  const text = await readFile(resolve(folder, name), 'utf8').catch(() => null)
  return text?.replace(/(\sfrom\s+'\.[^']*)\.ts'/g, "$1'") ?? null
}

async function isStale() {
  const built = await modified(bytesFile)
  if (built === 0) return true
  const files = (await readdir(join(root, sources))).filter((name) => name.endsWith('.ts'))
  const times = await Promise.all(files.map((name) => modified(join(root, sources, name))))
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
