import type { LeafNode } from '../../src/audio/index.ts'
import { type FrameReader, openFrames } from '../../src/frame-channel/index.ts'

/** Frames; room for what comes while the page is in the background. */
const CAPACITY = 1024

/** The frames of a node from now on, for a view. */
export async function liveFrames(node: LeafNode): Promise<FrameReader> {
  return openFrames(await node.openFrames({ capacity: CAPACITY }))
}
