import type { Filterbank, FrontendDescription, Geometry, SpectralFamily } from '../frontend/index.ts'
import { type SpectrumPlan, spectrumPlan } from './fourier.ts'

/** Mel energies of windowed frames, ready for the kernel. */
export interface MelPlan {
  readonly kind: 'mel'
  readonly spectrum: SpectrumPlan
  /** Samples of a frame. */
  readonly windowLength: number
  /** Four weights for each four samples, in the order 0, 2, -1, -3 in which the kernel packs them. */
  readonly window: Float64Array
  /** For each channel: first bin, number of weights (even). */
  readonly rows: Int32Array
  readonly weights: Float64Array
  /** Whether the weights are for magnitudes; else for powers. */
  readonly magnitudes: boolean
}

/** Lays out the mel matrix sparsely, each row padded to whole vectors. */
export function melPlan(
  family: SpectralFamily<Filterbank>,
  { filterbank, rectifier }: FrontendDescription,
  geometry: Geometry,
): MelPlan {
  const { windowLength, channels } = geometry
  const rows = new Int32Array(channels * 2)
  const weights: number[] = []
  family.matrix(filterbank, geometry).forEach((row, n) => {
    const first = Math.max(
      0,
      row.findIndex((weight) => weight > 0),
    )
    const last = row.findLastIndex((weight) => weight > 0)
    const count = Math.ceil((last + 1 - first) / 2) * 2
    rows.set([first, count], n * 2)
    for (let k = 0; k < count; k++) weights.push(row[first + k] ?? 0)
  })
  return {
    kind: 'mel',
    spectrum: spectrumPlan(family.fftSize(filterbank, geometry)),
    windowLength,
    window: packedWindow(family.window(geometry)),
    rows,
    weights: new Float64Array(weights),
    magnitudes: rectifier === 'modulus',
  }
}

function packedWindow(window: Float64Array): Float64Array {
  const packed = new Float64Array(Math.ceil(window.length / 4) * 4)
  for (let k = 0; k < packed.length; k++) {
    const lane = [0, 2, 1, 3][k % 4]
    packed[k] = (lane % 2 === 0 ? 1 : -1) * (window[k - (k % 4) + lane] ?? 0)
  }
  return packed
}
