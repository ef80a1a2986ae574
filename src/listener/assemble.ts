import {
  createLeafNode,
  createRecorder,
  expectModel,
  type LeafNode,
  loadWorklet,
  type Recorder,
  readModelInWorker,
  requireOpen,
} from '../audio/index.ts'
import { Classifier } from '../classifier/index.ts'
import { DecodingSettings, labelNames } from '../events/index.ts'
import { loadPart } from '../load-part.ts'
import { Listener } from './listener.ts'
import type { ListenerOptions } from './options.ts'

/** The parts of a listener, wired; its classifier is getting ready. */
export async function assemble(
  context: AudioContext,
  own: boolean,
  options: ListenerOptions,
): Promise<Listener> {
  // Whatever is to be fetched is asked for at once; a failure shows where the thing is used.
  void loadWorklet(context, options.workletUrl).catch(() => {})
  expectModel()
  const { modelBytes, selectHeads } = await loadPart(() => import('../model/index.ts'))
  const { heads, backends, workerUrl, wasmPath, thresholds, labels, decoding, signal, record } = options
  const { workletUrl, AudioWorkletNode, onProgress } = options
  const bytes = await modelBytes(options.model, { signal })
  const model = selectHeads(await readModelInWorker(bytes, signal), heads)
  const settings = new DecodingSettings(labelNames(model.labels, model.heads), model.decoding)
  settings.set({ thresholds, labels, decoding })
  const node = await createLeafNode(context, model.frontend, {
    workletUrl,
    AudioWorkletNode,
    onProgress,
    signal,
  })
  try {
    requireOpen(context)
    const recorder = record === undefined ? null : await recorderOf(node, record, options)
    const listener = new Listener({
      context,
      own,
      model,
      node,
      classifier: new Classifier(),
      recorder,
      thresholds: settings.thresholds,
      signal,
    })
    const frames = () => node.openFrames()
    const decoded = { thresholds, labels, decoding }
    listener.warm({ model: bytes, heads, frames, backends, workerUrl, wasmPath, ...decoded })
    return listener
  } catch (error) {
    await node.dispose()
    throw error
  }
}

/** What remembers all that a node hears. */
async function recorderOf(
  node: LeafNode,
  seconds: number,
  { workletUrl, AudioWorkletNode }: ListenerOptions,
): Promise<Recorder> {
  const recorder = await createRecorder(node.input.context, { workletUrl, AudioWorkletNode, seconds })
  node.output.connect(recorder.input)
  return recorder
}
