import { LeafError } from '../error.ts'

const READABLE = 'WAV (PCM, float, A-law or mu-law), FLAC, Ogg Vorbis, Ogg Opus or MP3'

/** Nothing in it, or a container without a sample that survives decoding. */
export function emptyFile(path: string): LeafError {
  return new LeafError(
    'audio-file',
    `${path}: the file holds no sound that can be read.`,
    'Record or export it again.',
  )
}

/** Bytes that no audio format starts with; `what` they are instead, where that is known. */
export function notAudio(path: string, what?: string): LeafError {
  const instead = what ? `, but ${what}` : ''
  return new LeafError(
    'audio-file',
    `${path}: this is not an audio file${instead}.`,
    `Give a ${READABLE} file.`,
  )
}

/** Audio, but of a kind we do not read; `what` completes "the file …". */
export function unsupportedFile(path: string, what: string): LeafError {
  return new LeafError('audio-file', `${path}: the file ${what}.`, `Convert it to ${READABLE}.`)
}

/** The file ends before the sound does. */
export function truncatedFile(path: string, evidence: string): LeafError {
  return new LeafError(
    'audio-file',
    `${path}: the file is cut off or damaged (${evidence}).`,
    'Copy or download it again.',
  )
}

/** The decoder met bytes that make no sense. */
export function damagedFile(path: string, evidence: string, cause?: unknown): LeafError {
  return new LeafError(
    'audio-file',
    `${path}: the file is damaged (${evidence}).`,
    'Copy or export it again.',
    cause === undefined ? undefined : { cause },
  )
}
