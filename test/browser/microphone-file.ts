import { encodeWav } from '../../src/audio/encode-wav.ts'

/**
 * The file behind Chromium's fake microphone (`--use-file-for-fake-audio-capture=FILE%noloop`).
 * Into a context at MICROPHONE_RATE its samples arrive bit for bit, but the first 30 to 100 ms are gone,
 * so a marker says where the samples begin.
 */

/** Hz. The rate of the fake microphone. */
export const MICROPHONE_RATE = 44100

/** Digital silence before the marker: what is lost of it at the start leaves no trace in any smoother. */
const LEAD_SECONDS = 0.5

/** The browser repeats its last buffer for ever. */
const TAIL_SECONDS = 0.05

/** 64 samples of one fixed noise; no sound has them by chance. */
export const MARKER = markerSamples(64)

/**
 * A mono float32 WAV: silence, marker, the samples, silence.
 * @param samples at MICROPHONE_RATE
 */
export function microphoneFile(samples: Float32Array): Uint8Array {
  const lead = Math.round(LEAD_SECONDS * MICROPHONE_RATE)
  const tail = Math.round(TAIL_SECONDS * MICROPHONE_RATE)
  const all = new Float32Array(lead + MARKER.length + samples.length + tail)
  all.set(MARKER, lead)
  all.set(samples, lead + MARKER.length)
  return encodeWav(all, MICROPHONE_RATE, 'float32')
}

/** Index of the first sample after the marker in what was recorded; -1 if the marker is not there. */
export function afterMarker(recording: Float32Array): number {
  for (let start = 0; start + MARKER.length <= recording.length; start++) {
    if (MARKER.every((sample, index) => recording[start + index] === sample)) return start + MARKER.length
  }
  return -1
}

function markerSamples(length: number): Float32Array {
  let state = 0x2545f491
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state / 0x80000000) * 0.5
  })
}
