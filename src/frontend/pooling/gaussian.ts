import { numbersAt, onlyKeys } from '../checks.ts'
import { exp } from '../elementary.ts'
import type { WindowPooling } from './family.ts'

/** Gaussian low-pass pooling, one width per channel (LEAF, section 3.2). */
export interface GaussianPooling {
  readonly kind: 'gaussian'
  /** Standard deviation as a share of half the window, 2/K to 0.5. */
  readonly width: readonly number[]
  /** Added to the pooled energy; the PyTorch ports learn it. Absent: 0. */
  readonly bias?: readonly number[]
}

const ANY = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE }

export const gaussian: WindowPooling<GaussianPooling> = {
  kind: 'gaussian',

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'width', 'bias'], path)
    const bounds = { min: 2 / geometry.windowLength, max: 0.5 }
    const width = numbersAt(value.width, `${path}.width`, geometry.channels, bounds)
    if (value.bias === undefined) return { kind: 'gaussian', width }
    return { kind: 'gaussian', width, bias: numbersAt(value.bias, `${path}.bias`, geometry.channels, ANY) }
  },

  initial(geometry) {
    return { kind: 'gaussian', width: new Array<number>(geometry.channels).fill(0.4) }
  },

  /** w(k) = exp(-½ ((k - (K-1)/2) / (s (K-1)/2))²): peak 1, not unit sum (leaf-audio `pooling.py`). */
  windows(pooling, { windowLength }) {
    const half = (windowLength - 1) / 2
    return pooling.width.map((width) =>
      Float64Array.from({ length: windowLength }, (_, k) => exp(-0.5 * ((k - half) / (width * half)) ** 2)),
    )
  },
}
