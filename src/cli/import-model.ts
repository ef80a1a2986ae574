import { Engine } from '../../worklet/index.ts'
import { LeafError } from '../error.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { geometryOf, samplesFor } from '../frontend/index.ts'
import { withProbe } from '../inference/node.ts'
import { importYamnet, type Model, writeModel } from '../model/index.ts'
import { compilePlan } from '../plan/index.ts'
import { readClassMap } from './class-map.ts'
import { frontendSummary } from './frontend-summary.ts'

interface ImportedModel {
  readonly model: Model
  /** The model file. */
  readonly bytes: Uint8Array
}

/**
 * YAMNet as a model file.
 *
 * @param classMap path of the CSV file that names its scores
 */
export async function importModel(bytes: Uint8Array, classMap: string | undefined): Promise<ImportedModel> {
  if (classMap === undefined)
    throw new LeafError(
      'arguments',
      'The scores of a TensorFlow Lite model have no names in its file.',
      'Add --labels yamnet_class_map.csv, which lies beside YAMNet’s source.',
    )
  const imported = importYamnet(bytes, await readClassMap(classMap))
  const input = probeWindows(imported.frontend, imported.classifier.windowFrames)
  const model = await withProbe(imported, input)
  return { model, bytes: writeModel(model) }
}

export function modelReport({ model, bytes }: ImportedModel): [string, string][] {
  const { card, labels, classifier, frontend } = model
  const count = classifier.weights.reduce((sum, { values }) => sum + values.length, 0)
  const int8 = classifier.weights.filter(({ storage }) => storage?.type === 'int8').length
  return [
    [
      'model',
      `${card.name}: ${labels.length} labels, ${count} weights, ${(bytes.length / 1e6).toFixed(2)} MB`,
    ],
    ['int8', `${int8} of ${classifier.weights.length} tensors, with their scales as in the file`],
    ...frontendSummary(frontend),
  ]
}

/** Sounds that make many scores move: a rising tone, clicks, noise that dies away. */
const PROBE_SOUNDS: readonly ((second: number, noise: number) => number)[] = [
  (t) => 0.3 * Math.sin(2 * Math.PI * (200 + 1500 * t) * t),
  (t, noise) => noise * Math.exp(-40 * (t % 0.2)),
  (t, noise) => 0.1 * noise * Math.exp(-3 * t),
]

/** The features of one window of each sound. */
function probeWindows(frontend: FrontendDescription, windowFrames: number): Float32Array {
  const engine = new Engine(compilePlan(frontend), null)
  const samples = samplesFor(geometryOf(frontend), windowFrames)
  const size = windowFrames * frontend.channels
  const windows = new Float32Array(PROBE_SOUNDS.length * size)
  let state = 1
  const noise = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
  PROBE_SOUNDS.forEach((sound, i) => {
    const clip = Float32Array.from({ length: samples }, (_, k) => sound(k / frontend.sampleRate, noise()))
    windows.set(engine.clip(clip).values.subarray(0, size), i * size)
  })
  return windows
}
