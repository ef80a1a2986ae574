import * as standardized from 'standardized-audio-context'
import { createRecorder } from '../../../src/audio/recorder.ts'
import { LeafError } from '../../../src/error.ts'
import { noise } from '../signal.ts'

export interface RecordRequest {
  readonly library: 'native' | 'standardized'
  readonly sampleRate: number
  /** Samples of the whole sound; stereo, each side noise of its own. */
  readonly length: number
  readonly seconds: number
}

export interface Recorded {
  readonly samples: Float32Array
  readonly start: number
  readonly duration: number
  readonly wav: Uint8Array
}

const api = {
  /** What a recorder remembers of noise once the noise is over. */
  async offline({ library, sampleRate, length, seconds }: RecordRequest): Promise<Recorded> {
    const options = { numberOfChannels: 2, length, sampleRate }
    const context =
      library === 'native'
        ? new OfflineAudioContext(options)
        : (new standardized.OfflineAudioContext(options) as unknown as OfflineAudioContext)
    const AudioWorkletNode = library === 'native' ? undefined : (standardized.AudioWorkletNode as never)
    const recorder = await createRecorder(context, { seconds, AudioWorkletNode })
    const source = context.createBufferSource()
    source.buffer = context.createBuffer(2, length, sampleRate)
    for (const side of [0, 1]) source.buffer.copyToChannel(noise(side + 1, length), side)
    source.connect(recorder.input)
    recorder.input.connect(context.destination)
    source.start()
    await context.startRendering()
    const recording = await recorder.take()
    recorder.dispose()
    const { samples, start, duration } = recording
    const wav = new Uint8Array(await recording.toWAV('float32').arrayBuffer())
    return { samples, start, duration, wav }
  },

  /** Two recordings of a live tone, one after the other, and the error after the end. */
  async live(): Promise<{ durations: number[]; gap: number; peak: number; afterwards: string }> {
    const context = new AudioContext()
    const recorder = await createRecorder(context, { seconds: 0.2 })
    const tone = new OscillatorNode(context, { frequency: 440 })
    tone.connect(recorder.input)
    tone.start()
    while (context.currentTime < 0.5) await new Promise((resolve) => setTimeout(resolve, 10))
    const first = await recorder.take()
    const { currentTime } = context
    const second = await recorder.take()
    recorder.dispose()
    const afterwards = await recorder.take().then(String, (error) => error.message)
    await context.close()
    return {
      durations: [first.duration, second.duration],
      gap: currentTime - (first.start + first.duration),
      peak: Math.max(...second.samples),
      afterwards,
    }
  },

  /** What is said of a recording that is asked for when its recorder ends, or its context has. */
  async ended(): Promise<string[]> {
    const context = new AudioContext()
    const [first, second] = [await createRecorder(context), await createRecorder(context)]
    const asked = first.take()
    first.dispose()
    await context.close()
    return Promise.all([asked, second.take()].map((one) => one.then(String, (error) => error.message)))
  },

  /** How far sound lies from its place when the page stands still while a second of it is fetched; and how much is lost. */
  async late(): Promise<{ off: number; silent: number }> {
    const context = new AudioContext()
    const recorder = await createRecorder(context, { seconds: 1 })
    const seconds = 8
    const source = context.createBufferSource()
    source.buffer = context.createBuffer(1, seconds * context.sampleRate, context.sampleRate)
    const ramp = Float32Array.from(
      { length: source.buffer.length },
      (_, i) => (i + 1) / source.buffer!.length,
    )
    source.buffer.copyToChannel(ramp, 0)
    source.connect(recorder.input)
    const began = context.currentTime + 0.1
    source.start(began)
    while (context.currentTime < began + 1.5) await new Promise((resolve) => setTimeout(resolve, 10))
    const { postMessage } = MessagePort.prototype
    let questions = 0
    MessagePort.prototype.postMessage = function (...message: [unknown]) {
      // The second question is for the first piece.
      const until = performance.now() + (++questions === 2 ? 2600 : 0)
      while (performance.now() < until);
      postMessage.apply(this, message)
    }
    const { samples, start, sampleRate } = await recorder.take()
    MessagePort.prototype.postMessage = postMessage
    await context.close()
    const offs = Array.from(samples, (value, i) =>
      Math.abs(value * seconds - (start + i / sampleRate - began)),
    )
    return {
      off: Math.max(...offs.filter((_, i) => samples[i] !== 0)),
      silent: samples.filter((value) => value === 0).length / samples.length,
    }
  },

  /** The code of the error for a length. */
  async refusal(seconds: number): Promise<string | null> {
    const context = new OfflineAudioContext(1, 128, 48000)
    return createRecorder(context, { seconds }).then(
      () => null,
      (error) => (error instanceof LeafError ? error.code : String(error)),
    )
  },
}

export type RecorderPage = typeof api
Object.assign(window, { api })
