import {
  createLeafNode,
  type DetectedEvent,
  LeafError,
  type Listener,
  listen,
  openFrames,
  preset,
} from 'leaf-worklet'
import { LeafSpectrogram } from 'leaf-worklet/view'
import {
  AudioContext as OtherContext,
  AudioWorkletNode as OtherWorkletNode,
} from 'standardized-audio-context'

export async function start(): Promise<DetectedEvent[]> {
  const events: DetectedEvent[] = []
  const listener = await listen({ model: new URL('./model.safetensors', import.meta.url) })
  listener.addEventListener('event', ({ detail }) => events.push(detail))
  const node = await createLeafNode(new AudioContext(), preset('leaf', { channels: 40 }))
  const reader = openFrames(await node.openFrames({ capacity: 64 }))
  const count: number = reader.drain((index, time, values) => console.log(index, time, values[0]))
  console.log(count, node.frontend.sampleRate, LeafSpectrogram.name, LeafError.name)
  return events
}

export async function startInOtherContext(): Promise<void> {
  const context = new OtherContext()
  const node = await createLeafNode(context, preset('leaf'), { AudioWorkletNode: OtherWorkletNode })
  context.createConstantSource().connect(node.input)
}

/** What Tone's `getContext().rawContext` is declared as, and what it is. */
export function hearTone(context: AudioContext | OfflineAudioContext | OtherContext): Promise<Listener> {
  return listen({ model: new ArrayBuffer(0), context, AudioWorkletNode: OtherWorkletNode })
}
