import { type CompressionDescription, type FrontendDescription, pow } from '../frontend/index.ts'

/** The last step of a frame, rows padded to whole vectors of four channels. */
export interface CompressionPlan {
  readonly kind: CompressionDescription['kind']
  readonly energyFloor: number
  /** Added to the pooled energies, one per channel. */
  readonly bias: Float32Array
  /** PCEN: rows s, -α, δ, 1/r, δ^(1/r); else empty. */
  readonly parameters: Float32Array
  /** PCEN's floor or the logarithm's offset; else 0. */
  readonly offset: number
}

export function compressionPlan(frontend: FrontendDescription): CompressionPlan {
  const { compression, pooling, channels, energyFloor } = frontend
  const padded = Math.ceil(channels / 4) * 4
  const bias = new Float32Array(padded)
  if (pooling.kind === 'gaussian' && pooling.bias) bias.set(pooling.bias)
  const common = { kind: compression.kind, energyFloor, bias }
  if (compression.kind === 'log')
    return { ...common, parameters: new Float32Array(0), offset: compression.offset }
  if (compression.kind === 'none') return { ...common, parameters: new Float32Array(0), offset: 0 }
  const { alpha, delta, root, smooth } = compression
  const parameters = new Float32Array(5 * padded)
  for (let n = 0; n < padded; n++) {
    // Lanes beyond the channels compute something harmless.
    const c = Math.min(n, channels - 1)
    const values = [smooth[c], -alpha[c], delta[c], 1 / root[c], pow(delta[c], 1 / root[c])]
    values.forEach((value, row) => {
      parameters[row * padded + n] = value
    })
  }
  return { ...common, parameters, offset: compression.floor }
}
