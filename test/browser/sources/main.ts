// What the tests of the sources use inside the page.
import { AudioContext as StandardizedContext } from 'standardized-audio-context'
import { captureAgain, readProcessing } from '../../../src/audio/capture.ts'
import { listMicrophones } from '../../../src/audio/devices.ts'
import { openFile } from '../../../src/audio/file-source.ts'
import { openMicrophone } from '../../../src/audio/microphone.ts'
import { nodeSource } from '../../../src/audio/node-source.ts'
import type { AudioSource } from '../../../src/audio/source.ts'

const contexts = {
  native: (options?: AudioContextOptions) => new AudioContext(options),
  standardized: (options?: AudioContextOptions) =>
    new StandardizedContext(options) as unknown as AudioContext,
}

const sources = {
  captureAgain,
  contexts,
  heard,
  listMicrophones,
  nodeSource,
  openFile,
  openMicrophone,
  outcome,
  readProcessing,
  record,
  tracks: watchTracks(),
  waitFor,
}

declare global {
  interface Window {
    sources: typeof sources
  }
}

window.sources = sources

/** Whether a node gives any sound within 1.5 s (the fake microphone beeps each second); either kind of context. */
async function heard(node: AudioNode): Promise<boolean> {
  const analyser = node.context.createAnalyser()
  node.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  let sounds = false
  for (const end = performance.now() + 1500; !sounds && performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    analyser.getFloatTimeDomainData(samples)
    sounds = samples.some((sample) => Math.abs(sample) > 0.001)
  }
  node.disconnect(analyser)
  return sounds
}

/** Every sample of a source's first channel, from the audio thread itself, from the source's opening on. */
async function record(
  context: AudioContext,
  open: (context: AudioContext) => Promise<AudioSource>,
  seconds: number,
): Promise<Float32Array> {
  const code = `registerProcessor('recorder', class extends AudioWorkletProcessor {
    process([input]) { if (input[0]) this.port.postMessage(input[0].slice()); return true }
  })`
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  await context.audioWorklet.addModule(url)
  const recorder = new AudioWorkletNode(context, 'recorder')
  const samples: number[] = []
  const source = await open(context)
  source.output.connect(recorder)
  recorder.port.onmessage = ({ data }) => samples.push(...data)
  await waitFor(() => samples.length >= seconds * context.sampleRate)
  source.stop()
  return Float32Array.from(samples)
}

/** Every track that the browser gives out, to see afterwards which devices are still on. */
function watchTracks(): MediaStreamTrack[] {
  const tracks: MediaStreamTrack[] = []
  const { mediaDevices } = navigator
  // An insecure page has none.
  if (!mediaDevices) return tracks
  const original = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints)
    tracks.push(...stream.getTracks())
    return stream
  }
  return tracks
}

/** What a promise came to, as plain data for the test. */
async function outcome(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; remedy: string }> {
  try {
    await promise
    return { code: 'none', message: '', remedy: '' }
  } catch (error) {
    const { code, message, remedy } = error as { code: string; message: string; remedy: string }
    return { code, message, remedy }
  }
}

/** Resolves when a condition of the page holds. */
async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
