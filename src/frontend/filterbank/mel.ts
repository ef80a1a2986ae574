import { LeafError } from '../../error.ts'
import { integerAt, numberAt, onlyKeys } from '../checks.ts'
import { cos } from '../elementary.ts'
import { hertzToMel, melMatrix, melToHertz } from '../scales.ts'
import { range } from '../text.ts'
import type { SpectralFamily } from './family.ts'

/**
 * Triangular mel filters over the power spectrum (leaf-audio `frontend.py`, `MelFilterbanks`), or with the rectifier
 * `modulus` over the magnitudes (YAMNet's `features.py`).
 */
export interface MelFilterbank {
  readonly kind: 'mel'
  /** Lowest edge, Hz. */
  readonly fMin: number
  /** Highest edge, Hz, at most half the sample rate. */
  readonly fMax: number
  /** Points of the Fourier transform; the frame stands at its start. */
  readonly fftSize: number
}

export const mel: SpectralFamily<MelFilterbank> = {
  kind: 'mel',
  domain: 'frequency',

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'fMin', 'fMax', 'fftSize'], path)
    const fMax = numberAt(value.fMax, `${path}.fMax`, { min: 1, max: geometry.sampleRate / 2 })
    const fftSize = integerAt(value.fftSize, `${path}.fftSize`, { min: geometry.windowLength, max: 16384 })
    if (fftSize < 8 || (fftSize & (fftSize - 1)) !== 0) {
      throw new LeafError('description', `${path}.fftSize is ${fftSize}.`, 'Give a power of two.')
    }
    return {
      kind: 'mel',
      fMin: numberAt(value.fMin, `${path}.fMin`, { min: 0, max: fMax - 1 }),
      fMax,
      fftSize,
    }
  },

  initial(geometry) {
    let fftSize = 512
    while (fftSize < geometry.windowLength) fftSize *= 2
    return { kind: 'mel', fMin: 60, fMax: Math.min(7800, geometry.sampleRate / 2), fftSize }
  },

  fftSize: ({ fftSize }) => fftSize,
  parameters: () => [],
  withParameters: (filterbank) => filterbank,
  gradient: () => [],

  /** TensorFlow's "periodic" Hann window: symmetric for an odd number of taps, periodic for an even one. */
  window({ windowLength }) {
    const period = windowLength % 2 === 0 ? windowLength : windowLength - 1
    return Float64Array.from({ length: windowLength }, (_, k) => 0.5 - 0.5 * cos((2 * Math.PI * k) / period))
  },

  matrix(filterbank, geometry) {
    const { fftSize, fMin, fMax } = filterbank
    return melMatrix(geometry.channels, fftSize, geometry.sampleRate, fMin, fMax)
  },

  centerFrequencies(filterbank, geometry) {
    const low = hertzToMel(filterbank.fMin)
    const step = (hertzToMel(filterbank.fMax) - low) / (geometry.channels + 1)
    return Float64Array.from({ length: geometry.channels }, (_, channel) =>
      melToHertz(low + (channel + 1) * step),
    )
  },

  summary: (filterbank, geometry) =>
    `: centres ${range(mel.centerFrequencies(filterbank, geometry), 'Hz')}, from ${filterbank.fMin} to ${filterbank.fMax} Hz`,
}
