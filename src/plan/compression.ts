import { type CompressionDescription, type FrontendDescription, pow } from '../frontend/index.ts'

/** The last step of a frame, rows padded to whole vectors of four channels. */
export interface CompressionPlan {
  readonly kind: CompressionDescription['kind']
  /** Least energy. */
  readonly energyFloor: number
  /** Added to the pooled energies, one per channel. */
  readonly bias: Float32Array
  /** PCEN: rows s, -α, δ, 1/r, δ^(1/r). Layer norm: rows 1 / channels, γ, β. Else empty. */
  readonly parameters: Float32Array
  /** PCEN's floor, the logarithm's offset, the root's exponent or the layer norm's ε; else 0. */
  readonly constant: number
}

export function compressionPlan(frontend: FrontendDescription): CompressionPlan {
  const { compression, pooling, channels, energyFloor } = frontend
  const { kind } = compression
  const bias = new Float32Array(paddedTo4(channels))
  if (pooling.kind === 'gaussian' && pooling.bias) bias.set(pooling.bias)
  return {
    kind,
    energyFloor: energyFloor > 0 ? energyFloor : leastEnergy(compression),
    bias,
    parameters: parameterRows(compression, channels),
    constant: constantOf(compression),
  }
}

/** Without a floor: PCEN and logarithm are given none below 0, but sparse sampling may leave a rounding there. */
function leastEnergy({ kind }: CompressionDescription): number {
  return kind === 'pcen' || kind === 'log' ? 0 : Number.NEGATIVE_INFINITY
}

const paddedTo4 = (channels: number) => Math.ceil(channels / 4) * 4

function constantOf(compression: CompressionDescription): number {
  switch (compression.kind) {
    case 'pcen':
      return compression.floor
    case 'log':
      return compression.offset
    case 'root':
      return compression.exponent
    case 'layer-norm':
      return compression.epsilon
    case 'none':
      return 0
  }
}

function parameterRows(compression: CompressionDescription, channels: number): Float32Array {
  if (compression.kind === 'pcen') {
    const { alpha, delta, root, smooth } = compression
    const gain = alpha.map((exponent) => -exponent)
    const exponent = root.map((value) => 1 / value)
    const offset = delta.map((value, n) => pow(value, exponent[n]))
    // Lanes beyond the channels compute something harmless.
    return rows([smooth, gain, delta, exponent, offset], channels, (row) => row[channels - 1])
  }
  if (compression.kind === 'layer-norm') {
    const { gamma, beta } = compression
    return rows([gamma.map(() => 1 / channels), gamma, beta], channels, () => 0)
  }
  return new Float32Array(0)
}

function rows(
  values: readonly (readonly number[])[],
  channels: number,
  beyond: (row: readonly number[]) => number,
): Float32Array {
  const padded = paddedTo4(channels)
  const table = new Float32Array(values.length * padded)
  values.forEach((row, i) => {
    table.fill(beyond(row), i * padded, (i + 1) * padded)
    table.set(row, i * padded)
  })
  return table
}
