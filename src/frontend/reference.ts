import { type CompressionDescription, compressions } from './compression/index.ts'
import { type FrontendDescription, geometryOf } from './description.ts'
import { type GaborFilterbank, gabor, type MelFilterbank, mel } from './filterbank/index.ts'
import { filterLeft, frameCount, type Geometry } from './geometry.ts'
import { type GaussianPooling, gaussian } from './pooling/index.ts'

/** Features of a whole signal, row by row. */
export interface Features {
  readonly frames: number
  readonly channels: number
  /** frames × channels. */
  readonly values: Float64Array
}

/**
 * The frontend as the paper and the official code write it, for a whole signal, in float64 and without any
 * shortcut: slow (about half a second for each second of audio) and the oracle for everything else.
 *
 * @param signal samples at the frontend's own rate.
 */
export function reference(frontend: FrontendDescription, signal: ArrayLike<number>): Features {
  const { frames, channels, values } = pooledEnergies(frontend, signal)
  const floored = values.map((energy) => Math.max(energy, frontend.energyFloor))
  return { frames, channels, values: compress(frontend.compression, floored, channels) }
}

/** The energies before floor and compression (z), frames × channels. */
export function pooledEnergies(frontend: FrontendDescription, signal: ArrayLike<number>): Features {
  const geometry = geometryOf(frontend)
  if (frontend.filterbank.kind === 'mel') return melEnergies(frontend.filterbank, geometry, signal)
  return filteredEnergies(frontend.filterbank, frontend.pooling as GaussianPooling, geometry, signal)
}

function compress(
  compression: CompressionDescription,
  energies: Float64Array,
  channels: number,
): Float64Array {
  switch (compression.kind) {
    case 'pcen':
      return compressions.pcen.apply(compression, energies, channels)
    case 'log':
      return compressions.log.apply(compression, energies, channels)
    case 'none':
      return compressions.none.apply(compression, energies, channels)
  }
}

/** z[i] = bias + Σ_k w(k) |(x ⋆ g)(i·hop - left + k)|², energies outside the signal being zero. */
function filteredEnergies(
  filterbank: GaborFilterbank,
  pooling: GaussianPooling,
  geometry: Geometry,
  signal: ArrayLike<number>,
): Features {
  const { channels, hop, windowLength, poolingLeft } = geometry
  const frames = frameCount(geometry, signal.length)
  const { real, imaginary } = gabor.impulseResponses(filterbank, geometry)
  const windows = gaussian.windows(pooling, geometry)
  const values = new Float64Array(frames * channels)
  for (let n = 0; n < channels; n++) {
    const energy = squaredModulus(signal, real[n], imaginary[n], filterLeft(geometry))
    for (let i = 0; i < frames; i++) {
      let sum = pooling.bias?.[n] ?? 0
      const start = i * hop - poolingLeft
      for (let k = Math.max(0, -start); k < windowLength && start + k < energy.length; k++) {
        sum += windows[n][k] * energy[start + k]
      }
      values[i * channels + n] = sum
    }
  }
  return { frames, channels, values }
}

/** |Σ_j x[t - left + j] (real[j] + i·imaginary[j])|² at every sample t of the signal, zeros around it. */
function squaredModulus(
  signal: ArrayLike<number>,
  real: Float64Array,
  imaginary: Float64Array,
  left: number,
): Float64Array {
  const taps = real.length
  const padded = new Float64Array(signal.length + taps)
  padded.set(signal, left)
  const energy = new Float64Array(signal.length)
  for (let t = 0; t < energy.length; t++) {
    let re = 0
    let im = 0
    for (let j = 0; j < taps; j++) {
      const x = padded[t + j]
      re += x * real[j]
      im += x * imaginary[j]
    }
    energy[t] = re * re + im * im
  }
  return energy
}

/** Mel energies: windowed frames from i·hop, zeros after the end, power spectrum, triangular weights. */
function melEnergies(filterbank: MelFilterbank, geometry: Geometry, signal: ArrayLike<number>): Features {
  const { channels, hop, windowLength } = geometry
  const { fftSize } = filterbank
  const frames = frameCount(geometry, signal.length)
  const window = mel.window(geometry)
  const matrix = mel.matrix(filterbank, geometry)
  const cosine = Float64Array.from({ length: fftSize }, (_, i) => Math.cos((2 * Math.PI * i) / fftSize))
  const sine = Float64Array.from({ length: fftSize }, (_, i) => Math.sin((2 * Math.PI * i) / fftSize))
  const values = new Float64Array(frames * channels)
  const power = new Float64Array(fftSize / 2 + 1)
  for (let i = 0; i < frames; i++) {
    for (let bin = 0; bin < power.length; bin++) {
      let re = 0
      let im = 0
      for (let k = 0; k < windowLength && i * hop + k < signal.length; k++) {
        const x = signal[i * hop + k] * window[k]
        const phase = (k * bin) % fftSize
        re += x * cosine[phase]
        im += x * sine[phase]
      }
      power[bin] = re * re + im * im
    }
    for (let n = 0; n < channels; n++) {
      values[i * channels + n] = matrix[n].reduce((sum, weight, bin) => sum + weight * power[bin], 0)
    }
  }
  return { frames, channels, values }
}
