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
  readonly samples: number[]
  readonly start: number
  readonly duration: number
  readonly wav: number[]
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
    return { samples: [...samples], start, duration, wav: [...wav] }
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
