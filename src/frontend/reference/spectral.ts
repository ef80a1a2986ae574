import type { FrontendDescription } from '../description.ts'
import type { Filterbank, SpectralFamily } from '../filterbank/index.ts'
import { frameCount, type Geometry } from '../geometry.ts'
import { rectify } from '../rectifier.ts'
import type { Features } from './features.ts'

/** Energies of filters over a spectrum, as those of mel: windowed frames from i·hop, zeros after the end, rectified spectrum, weights. */
export function spectralEnergies(
  family: SpectralFamily<Filterbank>,
  { filterbank, rectifier }: FrontendDescription,
  geometry: Geometry,
  signal: ArrayLike<number>,
): Features {
  const { channels, hop } = geometry
  const fftSize = family.fftSize(filterbank, geometry)
  const frames = frameCount(geometry, signal.length)
  const window = family.window(geometry)
  const matrix = family.matrix(filterbank, geometry)
  const cosine = Float64Array.from({ length: fftSize }, (_, i) => Math.cos((2 * Math.PI * i) / fftSize))
  const sine = Float64Array.from({ length: fftSize }, (_, i) => Math.sin((2 * Math.PI * i) / fftSize))
  const values = new Float64Array(frames * channels)
  const spectrum = new Float64Array(fftSize / 2 + 1)
  for (let i = 0; i < frames; i++) {
    const frame = window
      .subarray(0, Math.max(0, signal.length - i * hop))
      .map((w, k) => signal[i * hop + k] * w)
    for (let bin = 0; bin < spectrum.length; bin++) {
      let re = 0
      let im = 0
      // (k · bin) modulo the points.
      let phase = 0
      for (let k = 0; k < frame.length; k++) {
        re += frame[k] * cosine[phase]
        im += frame[k] * sine[phase]
        phase += bin
        if (phase >= fftSize) phase -= fftSize
      }
      spectrum[bin] = rectify(rectifier, re, im)
    }
    for (let n = 0; n < channels; n++) {
      values[i * channels + n] = matrix[n].reduce((sum, weight, bin) => sum + weight * spectrum[bin], 0)
    }
  }
  return { frames, channels, values }
}
