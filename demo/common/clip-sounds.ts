import { decodeFile, encodeWav } from '../../src/audio/index.ts'

/** Hz: that of the page's models. */
export const CLIP_RATE = 16000

/** The recordings that come with the page. */
export type Recording = 'street' | 'fan' | 'kinds' | 'words'

/** Samples of a stretch of a recording, seconds. @throws LeafError `audio-file` */
export async function pieceOf(recording: Recording, start: number, end: number): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, CLIP_RATE)
  const address = new URL(`./clips/${recording}.mp3`, document.baseURI)
  const { buffer } = await decodeFile(context, address)
  return buffer.getChannelData(0).subarray(start * CLIP_RATE, end * CLIP_RATE)
}

/** As a file that can be played. */
export function wavOf(samples: Float32Array): Blob {
  return new Blob([encodeWav(samples, CLIP_RATE, 'int16')], { type: 'audio/wav' })
}

/** −1 to 1, always the same: the congruential generator of Numerical Recipes. */
export function whiteNoise(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}
