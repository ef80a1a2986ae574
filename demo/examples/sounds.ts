import { LeafError } from '../../src/error.ts'

/**
 * A sound file as a browser decodes it, mono.
 *
 * @param sampleRate Hz of the result
 * @throws LeafError `audio-file` naming the file
 */
export async function decodeFile(file: File, sampleRate: number): Promise<Float32Array> {
  try {
    const context = new OfflineAudioContext(1, 1, sampleRate)
    return mono(await context.decodeAudioData(await file.arrayBuffer()))
  } catch (cause) {
    throw new LeafError(
      'audio-file',
      `${file.name} is not audio that this browser can decode.`,
      'Choose a WAV, MP3 or FLAC file; those play everywhere.',
      { cause },
    )
  }
}

/** A mono sound at another sample rate, by the browser's own resampler. */
export async function resample(sound: Float32Array, from: number, to: number): Promise<Float32Array> {
  if (from === to || sound.length === 0) return sound
  const context = new OfflineAudioContext(1, Math.ceil((sound.length * to) / from), to)
  const player = bufferSource(context, sound, from)
  player.connect(context.destination)
  player.start()
  return (await context.startRendering()).getChannelData(0)
}

/** Plays a mono sound. @returns ends it */
export function play(context: AudioContext, sound: Float32Array, sampleRate: number): () => void {
  void context.resume()
  const player = bufferSource(context, sound, sampleRate)
  player.connect(context.destination)
  player.start()
  return () => player.stop()
}

function bufferSource(context: BaseAudioContext, sound: Float32Array, sampleRate: number) {
  const buffer = context.createBuffer(1, sound.length, sampleRate)
  buffer.getChannelData(0).set(sound)
  return new AudioBufferSourceNode(context, { buffer })
}

function mono(buffer: AudioBuffer): Float32Array {
  const sum = new Float32Array(buffer.length)
  for (let channel = 0; channel < buffer.numberOfChannels; channel++) {
    const samples = buffer.getChannelData(channel)
    for (let i = 0; i < sum.length; i++) sum[i] += samples[i] / buffer.numberOfChannels
  }
  return sum
}
