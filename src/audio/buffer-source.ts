import { LeafError } from '../error.ts'
import { FileSource } from './file-source.ts'
import type { LiveContext } from './source.ts'

/**
 * An AudioBuffer as a clip to play, at whatever rate it is.
 * @throws LeafError `arguments` for one whose samples were transferred away
 */
export function bufferSource(context: LiveContext, buffer: AudioBuffer): FileSource {
  requireSamples(buffer)
  return new FileSource(context as AudioContext, buffer, 'The AudioBuffer')
}

/** @throws LeafError `arguments` for an AudioBuffer whose samples were transferred away */
export function requireSamples(buffer: AudioBuffer): void {
  if (buffer.getChannelData(0).length !== buffer.length)
    throw new LeafError(
      'arguments',
      'The samples of the AudioBuffer are detached.',
      'Post a copy of its channel data, not the data itself, to other threads.',
    )
}
