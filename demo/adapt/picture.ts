import { createLeafNode } from '../../src/audio/index.ts'
import { type FrameReader, openFrames } from '../../src/frame-channel/index.ts'
import { type FrontendDescription, geometryOf } from '../../src/frontend/index.ts'
import type { LeafSpectrogram } from '../../src/view/index.ts'

/**
 * Shows what a frontend makes of a whole sound, which is computed beside this thread.
 *
 * @param sound mono, at the frontend's rate
 * @returns to be closed when something else is shown
 */
export async function showWhole(
  picture: LeafSpectrogram,
  frontend: FrontendDescription,
  sound: Float32Array,
): Promise<FrameReader> {
  const { sampleRate, hop } = geometryOf(frontend)
  const context = new OfflineAudioContext(1, sound.length, sampleRate)
  const node = await createLeafNode(context, frontend)
  const frames = openFrames(await node.openFrames({ capacity: Math.ceil(sound.length / hop) }))
  const buffer = context.createBuffer(1, sound.length, sampleRate)
  buffer.getChannelData(0).set(sound)
  const player = new AudioBufferSourceNode(context, { buffer })
  player.connect(node.input)
  player.start()
  await context.startRendering()
  picture.setAttribute('seconds', String(sound.length / sampleRate))
  picture.frames = frames
  return frames
}
