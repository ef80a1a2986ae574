import type { LiveResult } from './page.ts'

/** What was recorded, in one piece. */
export function recordingOf(blocks: LiveResult['blocks']): Float32Array {
  return Float32Array.from(blocks.flatMap(({ samples }) => [...samples]))
}

/** Frame of the context at which a sample of the recording came. */
export function frameOf(blocks: LiveResult['blocks'], place: number): number {
  let rest = place
  for (const { frame, samples } of blocks) {
    if (rest < samples.length) return frame + rest
    rest -= samples.length
  }
  throw new Error('The recording is too short.')
}
