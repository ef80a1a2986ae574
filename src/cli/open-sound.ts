import { createReadStream } from 'node:fs'
import { type AudioFile, openAudioFile } from '../audio-file/index.ts'
import { inputName, systemError } from '../files/index.ts'
import { type SampleFormat, sampleBlocks } from '../offline/index.ts'
import type { RawSamples } from './command-line.ts'

/** What a command hears: an audio file, or samples as they come, of which nobody knows how many there will be. */
export type HeardSound = Pick<AudioFile, 'sampleRate' | 'blocks' | 'bytesRead' | 'bytesTotal'>

/**
 * @param path `-` is standard input
 * @throws LeafError('audio-file') naming the file
 */
export async function openSound(path: string, raw?: RawSamples): Promise<HeardSound> {
  if (raw === undefined) return openAudioFile(path)
  const { format, sampleRate } = raw
  return { sampleRate, blocks: rawBlocks(path, format), bytesRead: () => 0, bytesTotal: 0 }
}

async function* rawBlocks(path: string, format: SampleFormat): AsyncGenerator<Float32Array> {
  const bytes = path === '-' ? process.stdin : createReadStream(path)
  try {
    yield* sampleBlocks(bytes, format)
  } catch (error) {
    throw systemError(error, 'audio-file', inputName(path))
  }
}
