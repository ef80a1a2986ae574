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
  return floatWav(all, MICROPHONE_RATE)
}

/** Index of the first sample after the marker in what was recorded; -1 if the marker is not there. */
export function afterMarker(recording: Float32Array): number {
  for (let start = 0; start + MARKER.length <= recording.length; start++) {
    if (MARKER.every((sample, index) => recording[start + index] === sample)) return start + MARKER.length
  }
  return -1
}

/** A WAV file of 32-bit floats, mono. */
export function floatWav(samples: Float32Array, sampleRate: number): Uint8Array {
  const headerBytes = 44
  const view = new DataView(new ArrayBuffer(headerBytes + samples.length * 4))
  const text = (offset: number, value: string) => {
    for (let index = 0; index < value.length; index++) view.setUint8(offset + index, value.charCodeAt(index))
  }
  text(0, 'RIFF')
  view.setUint32(4, view.byteLength - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 3, true) // IEEE float
  view.setUint16(22, 1, true) // channels
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 4, true)
  view.setUint16(32, 4, true)
  view.setUint16(34, 32, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 4, true)
  for (let index = 0; index < samples.length; index++)
    view.setFloat32(headerBytes + index * 4, samples[index], true)
  return new Uint8Array(view.buffer)
}

function markerSamples(length: number): Float32Array {
  let state = 0x2545f491
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state / 0x80000000) * 0.5
  })
}
