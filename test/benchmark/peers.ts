import FFT from 'fft.js'
import Meyda from 'meyda'
import { filterbanks, geometryOf, preset } from '../../src/frontend/index.ts'

/** 40 log mel bands as a careful page would write them with fft.js: real transform, sparse weights, no allocation. */
export function fftJsMel(samples: Float32Array, frames: number): () => void {
  const frontend = preset('mel-log')
  if (frontend.filterbank.kind !== 'mel') throw new Error('the mel-log preset has mel filters')
  const geometry = geometryOf(frontend)
  const { fftSize } = frontend.filterbank
  const window = filterbanks.mel.window(geometry)
  const rows = filterbanks.mel.matrix(frontend.filterbank, geometry).map((row) => {
    const first = row.findIndex((weight) => weight > 0)
    return { first, weights: row.slice(first, row.findLastIndex((weight) => weight > 0) + 1) }
  })
  const fft = new FFT(fftSize)
  const input = new Array<number>(fftSize).fill(0)
  const spectrum = fft.createComplexArray()
  const power = new Float64Array(fftSize / 2 + 1)
  const features = new Float32Array(rows.length)
  const last = samples.length - window.length
  return () => {
    for (let i = 0; i < frames; i++) {
      const start = Math.min(i * geometry.hop, last)
      for (let k = 0; k < window.length; k++) input[k] = samples[start + k] * window[k]
      fft.realTransform(spectrum, input)
      for (let b = 0; b < power.length; b++) power[b] = spectrum[2 * b] ** 2 + spectrum[2 * b + 1] ** 2
      for (let n = 0; n < rows.length; n++) {
        const { first, weights } = rows[n]
        let sum = 0
        for (let k = 0; k < weights.length; k++) sum += weights[k] * power[first + k]
        features[n] = Math.log(sum + 1e-5)
      }
    }
  }
}

/** Meyda's melBands on frames of 512 samples. */
export function meydaMelBands(samples: Float32Array, frames: number): () => void {
  Meyda.bufferSize = 512
  Meyda.sampleRate = 16000
  Meyda.melBands = 40
  const cut = Array.from({ length: frames }, (_, i) => {
    const start = Math.min(i * 160, samples.length - 512)
    return samples.slice(start, start + 512)
  })
  return () => {
    for (const frame of cut) Meyda.extract('melBands', frame)
  }
}
