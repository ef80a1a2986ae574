import { MonoMix } from '../../worklet/index.ts'
import { browserBackends } from '../inference/browser.ts'
import { chooseBackend } from '../inference/index.ts'
import { readModel, selectHeads } from '../model/index.ts'
import { detectEvents } from '../offline/index.ts'
import type { DetectSink, DetectTask } from './protocol.ts'

/** Samples that are read at once. */
const BLOCK = 65536

/** Hands over the events of a whole sound by their ends, and how far it is. In the worker. */
export async function detectWhole(
  { model: bytes, heads, backends, wasmPath, decoding, channels, sampleRate }: DetectTask,
  sink: DetectSink,
): Promise<null> {
  const model = selectHeads(readModel(bytes), heads)
  const classifier = await chooseBackend(model, browserBackends(backends, wasmPath))
  const { length } = channels[0]
  const mono = new MonoMix()
  async function* blocks(): AsyncGenerator<Float32Array> {
    for (let at = 0; at < length; at += BLOCK) {
      yield mono.mix(channels.map((samples) => samples.subarray(at, at + BLOCK)))
      await sink.progress(Math.min(1, (at + BLOCK) / length))
    }
  }
  try {
    const sound = { sampleRate, blocks: blocks() }
    for await (const event of detectEvents(model, classifier, sound, { decoding })) await sink.event(event)
  } finally {
    classifier.dispose()
  }
  return null
}
