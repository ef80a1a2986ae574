// npm run package: builds what is published into dist/.
//   index.js               the library, self-contained
//   view.js                the custom elements
//   leaf.worklet.js        the audio thread's script, one self-contained IIFE, found beside index.js
//   classifier.worker.js   the classifier's module worker, TensorFlow.js inside
//   *.wasm                 TensorFlow.js's WebAssembly backend, found beside the worker
//   events.safetensors     the trained default model
//   types/                 declarations
import { spawnSync } from 'node:child_process'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { delivery } from './delivery.mjs'
import { collectLicenses } from './licenses.mjs'
import { prepare, root } from './prepare.mjs'

await prepare()
const { build } = await import('rolldown')

const dist = join(root, 'dist')
const wasmFolder = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')
const shared = {
  cwd: root,
  platform: /** @type {const} */ ('browser'),
  tsconfig: join(root, 'tsconfig.json'),
}

await rm(dist, { recursive: true, force: true })

const worklet = await build({
  ...shared,
  input: 'worklet/processor.ts',
  output: { file: join(dist, 'leaf.worklet.js'), format: 'iife', minify: true },
})
const worker = await build({
  ...shared,
  input: 'src/classifier/worker.ts',
  plugins: [delivery()],
  output: { file: join(dist, 'classifier.worker.js'), format: 'esm', minify: true, codeSplitting: false },
})
const workletSource = await readFile(join(dist, 'leaf.worklet.js'), 'utf8')
const index = await build({
  ...shared,
  input: 'src/index.ts',
  plugins: [delivery(workletSource)],
  output: { file: join(dist, 'index.js'), format: 'esm', codeSplitting: false },
})
const view = await build({
  ...shared,
  input: 'src/view/index.ts',
  output: { file: join(dist, 'view.js'), format: 'esm', codeSplitting: false },
})

for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
  await cp(join(wasmFolder, name), join(dist, name))
await cp(join(root, 'demo/public/models/events.safetensors'), join(dist, 'events.safetensors'))
await writeFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), await collectLicenses([worklet, worker, index, view]))

const compiler = join(root, 'node_modules/typescript/bin/tsc')
const declarations = ['-p', '.config/tsconfig.library.json']
const { status } = spawnSync(process.execPath, [compiler, ...declarations], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
