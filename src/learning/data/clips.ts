import { openAudioFile } from '../../audio-file/index.ts'
import { ClipResampler } from './clip-resampler.ts'
import { dataError, type ManifestRow } from './manifest.ts'

/** A decoded clip. Memory is shared, so that worker threads read the same copy. */
export interface Clip {
  readonly row: ManifestRow
  /** Mono at the rate of the frontend, full scale ±32767. */
  readonly samples: Int16Array
}

/** Of a clip's samples. */
export const FULL_SCALE = 32767

/**
 * Decodes every clip of a manifest into memory.
 *
 * @param sampleRate Hz, the rate of the frontend
 * @param onProgress called after each clip
 * @throws LeafError `audio-file` or `data-folder` naming the file.
 */
export async function decodeClips(
  rows: readonly ManifestRow[],
  sampleRate: number,
  onProgress: () => void,
): Promise<Clip[]> {
  const clips: Clip[] = []
  const resampler = new ClipResampler(sampleRate)
  for (const row of rows) {
    clips.push({ row, samples: toShared(await decodeClip(row.path, resampler)) })
    onProgress()
  }
  return clips
}

/**
 * The samples of a sound file, mono, full scale ±1.
 *
 * @throws LeafError `audio-file` or `data-folder` naming the file.
 */
export async function decodeClip(path: string, resampler: ClipResampler): Promise<Float32Array> {
  const audio = await openAudioFile(path)
  const blocks: Float32Array[] = []
  for await (const block of audio.blocks) blocks.push(block.slice())
  const sound = resampler.resample(joined(blocks), audio.sampleRate)
  if (sound.length === 0) throw dataError(`${path} holds no sound.`, 'Remove it from the manifest.')
  return sound
}

/** The samples of a clip, full scale ±1. */
export function soundOf({ samples }: Clip): Float32Array {
  const sound = new Float32Array(samples.length)
  for (let i = 0; i < sound.length; i++) sound[i] = samples[i] / FULL_SCALE
  return sound
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((length, block) => length + block.length, 0))
  let at = 0
  for (const block of blocks) {
    whole.set(block, at)
    at += block.length
  }
  return whole
}

function toShared(sound: Float32Array): Int16Array {
  const samples = new Int16Array(new SharedArrayBuffer(2 * sound.length))
  for (let i = 0; i < sound.length; i++) {
    samples[i] = Math.round(Math.min(1, Math.max(-1, sound[i])) * FULL_SCALE)
  }
  return samples
}
