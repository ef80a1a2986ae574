import type { Filterbank } from '../frontend/index.ts'
import { filterbanks, type Geometry } from '../frontend/index.ts'
import { type SpectrumPlan, spectrumPlan } from './fourier.ts'

/** Mel energies of windowed frames, ready for the kernel. */
export interface MelPlan {
  readonly kind: 'mel'
  readonly spectrum: SpectrumPlan
  /** Samples of a frame. */
  readonly windowLength: number
  /** Padded with zeros to a multiple of four. */
  readonly window: Float32Array
  /** For each channel: first bin, number of weights (a multiple of four). */
  readonly rows: Int32Array
  readonly weights: Float32Array
}

/** Lays out the mel matrix sparsely, each row padded to whole vectors. */
export function melPlan(filterbank: Extract<Filterbank, { kind: 'mel' }>, geometry: Geometry): MelPlan {
  const { windowLength, channels } = geometry
  const window = new Float32Array(Math.ceil(windowLength / 4) * 4)
  window.set(filterbanks.mel.window(geometry))
  const rows = new Int32Array(channels * 2)
  const weights: number[] = []
  filterbanks.mel.matrix(filterbank, geometry).forEach((row, n) => {
    const first = Math.max(
      0,
      row.findIndex((weight) => weight > 0),
    )
    const last = row.findLastIndex((weight) => weight > 0)
    const count = Math.max(0, Math.ceil((last + 1 - first) / 4) * 4)
    rows.set([first, count], n * 2)
    for (let k = 0; k < count; k++) weights.push(row[first + k] ?? 0)
  })
  return {
    kind: 'mel',
    spectrum: spectrumPlan(filterbank.fftSize),
    windowLength,
    window,
    rows,
    weights: new Float32Array(weights),
  }
}
