// npm run package: builds what is published into dist/.
//   index.js               the library's core
//   model.js               model files and those of other libraries
//   view.js                the custom elements
//   teaching.js            teaching in the page
//   shared-*.js            what these share, and what the core fetches when it is needed
//   leaf.worklet.js        the audio thread's script, one self-contained IIFE, found beside index.js
//   worklet-source.js      the same as a text, which index.js imports where that file cannot be had
//   plan.worker.js         the module worker that compiles frontends
//   classifier.worker.js   the classifier's module worker, TensorFlow.js inside
//   teaching.worker.js     the module worker that trains, TensorFlow.js inside
//   *.wasm                 TensorFlow.js's WebAssembly backend with SIMD, found beside the workers
//   *.safetensors          the trained models: events (the default), keywords, tasks, audioset
//   node.js                events and features of streams in Node
//   cli.js                 the command leaf-worklet
//   node-*.js              what these two share and load when it is needed
//   error.js               LeafError, the same for all
//   types/                 declarations
import { spawnSync } from 'node:child_process'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prune, widen } from './declarations.mjs'
import { delivery, nodeDelivery, workletSourceModule } from './delivery.mjs'
import { collectLicenses, modulesOf } from './licenses.mjs'
import { prepare, root } from './prepare.mjs'
import { tensorflowSubset } from './tensorflow.mjs'

await prepare()
const { build } = await import('rolldown')

const dist = join(root, 'dist')
const wasmFolder = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')
const shared = {
  cwd: root,
  platform: /** @type {const} */ ('browser'),
  tsconfig: join(root, 'tsconfig.json'),
}
/** One file with TensorFlow.js inside; its licences stand in THIRD-PARTY-LICENSES.txt, once. */
const workerOutput = {
  format: /** @type {const} */ ('esm'),
  minify: true,
  comments: { legal: false },
  codeSplitting: false,
}
// What Emscripten and TensorFlow.js ask for to know whether they run in Node. Bundlers give some of them to ES modules
// (webpack `__filename`) or fill them in from packages (Parcel `Buffer`, in a bundle that its workers do not find).
const nodeNames = ['__filename', '__dirname', 'process', 'Buffer', 'require', 'setImmediate']
const transform = { define: Object.fromEntries(nodeNames.map((name) => [`typeof ${name}`, '"undefined"'])) }

await rm(dist, { recursive: true, force: true })

const worklet = await build({
  ...shared,
  input: 'worklet/processor.ts',
  output: { file: join(dist, 'leaf.worklet.js'), format: 'iife', minify: true },
})
const worker = await build({
  ...shared,
  input: 'src/classifier/worker.ts',
  plugins: [delivery(), tensorflowSubset()],
  transform,
  output: { ...workerOutput, file: join(dist, 'classifier.worker.js') },
})
const planWorker = await build({
  ...shared,
  input: 'src/audio/plan-worker.ts',
  output: { file: join(dist, 'plan.worker.js'), format: 'esm', minify: true, codeSplitting: false },
})
const script = await readFile(join(dist, 'leaf.worklet.js'), 'utf8')
await writeFile(join(dist, 'worklet-source.js'), workletSourceModule(script))
const teachingWorker = await build({
  ...shared,
  input: 'src/learning/teaching/worker.ts',
  plugins: [delivery(), tensorflowSubset()],
  transform,
  output: { ...workerOutput, file: join(dist, 'teaching.worker.js') },
})
// Together, so that they share what they have in common: one LeafError for all of them. Not minified: the bundler of the
// page does it, and until then they can be read.
const entries = await build({
  ...shared,
  input: {
    index: 'src/index.ts',
    error: 'src/error.ts',
    model: 'src/model/index.ts',
    view: 'src/view/index.ts',
    teaching: 'src/learning/teaching/index.ts',
  },
  plugins: [delivery()],
  // What is said of an interface stands in its types.
  output: { dir: dist, format: 'esm', chunkFileNames: 'shared-[name].js', comments: { jsdoc: false } },
})

// The command line and the entry for Node, TensorFlow.js and the decoders inside.
const node = await build({
  ...shared,
  platform: 'node',
  input: { node: 'src/node/index.ts', cli: 'src/cli/bin.ts' },
  plugins: [nodeDelivery(), tensorflowSubset()],
  // TensorFlow.js's own choice for Node is one file of everything.
  resolve: { mainFields: ['module', 'main'] },
  transform: { define: { 'typeof __filename': '"undefined"', __filename: 'undefined', __dirname: '""' } },
  output: {
    dir: dist,
    format: 'esm',
    minify: true,
    comments: { legal: false },
    chunkFileNames: 'node-[name].js',
    banner: ({ name }) => (name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
})
const wasm = 'tfjs-backend-wasm-simd.wasm'
await cp(join(wasmFolder, wasm), join(dist, wasm))
await cp(join(root, 'demo/public/models'), dist, { recursive: true })
const builds = [worklet, planWorker, worker, teachingWorker, entries, node]
await writeFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), await collectLicenses(builds.flatMap(modulesOf)))

const compiler = join(root, 'node_modules/typescript/bin/tsc')
const declarations = ['-p', '.config/tsconfig.library.json']
const { status } = spawnSync(process.execPath, [compiler, ...declarations], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
await addDeclarations(join(dist, 'types/src'))
const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
await prune(
  root,
  join(dist, 'types'),
  Object.values(exports).flatMap((entry) => entry.types ?? []),
)

await widen(join(dist, 'types'))

/** Declarations that are none of a source: of files beside the code, and for templates. @param {string} folder */
async function addDeclarations(folder) {
  for (const name of ['assets.d.ts', 'file.d.ts', 'script.d.ts', 'view/react.d.ts', 'view/vue.d.ts'])
    await cp(join(root, 'src', name), join(folder, name))
  const index = join(folder, 'index.d.ts')
  await writeFile(index, `/// <reference path="./assets.d.ts" />\n${await readFile(index, 'utf8')}`)
}
