import {
  type Compression,
  compressionOf,
  type FrontendDescription,
  type KernelCompression,
  poolingOf,
  pow,
} from '../frontend/index.ts'

/** The last step of a frame, rows padded to whole vectors of four channels. */
export interface CompressionPlan {
  /** What the kernel computes, or `frames` for a compression that runs by its own TypeScript. */
  readonly program: KernelCompression['kind'] | 'frames'
  /** What that TypeScript is given. */
  readonly compression: Compression
  /** Least energy. */
  readonly energyFloor: number
  /** Added to the pooled energies, one per channel. */
  readonly bias: Float32Array
  /** PCEN: rows s, -α, δ, 1/r, δ^(1/r). Layer norm: rows 1 / channels, γ, β. Else empty. */
  readonly parameters: Float32Array
  /** PCEN's floor, the logarithm's offset, the root's exponent or the layer norm's ε; else 0. */
  readonly constant: number
}

/** The numbers of a compression as the kernel takes them (worklet/kernel/compression.ts). */
interface KernelNumbers {
  readonly constant: number
  /** Per channel. */
  readonly rows: readonly (readonly number[])[]
  /** What lanes beyond the channels compute with: the last channel's numbers or zeros. Something harmless. */
  readonly beyond?: 'last' | 'zero'
}

/** Every compression with code in the kernel. */
const kernelNumbers: {
  readonly [Kind in KernelCompression['kind']]: (
    compression: Extract<Compression, { readonly kind: Kind }>,
  ) => KernelNumbers
} = {
  pcen({ alpha, delta, root, smooth, floor }) {
    const gain = alpha.map((exponent) => -exponent)
    const exponent = root.map((value) => 1 / value)
    const offset = delta.map((value, n) => pow(value, exponent[n]))
    return { constant: floor, rows: [smooth, gain, delta, exponent, offset], beyond: 'last' }
  },
  log: ({ offset }) => ({ constant: offset, rows: [] }),
  root: ({ exponent }) => ({ constant: exponent, rows: [] }),
  'layer-norm': ({ gamma, beta, epsilon }) => ({
    constant: epsilon,
    rows: [gamma.map(() => 1 / gamma.length), gamma, beta],
    beyond: 'zero',
  }),
}

export function compressionPlan(frontend: FrontendDescription): CompressionPlan {
  const { compression, pooling, channels, energyFloor } = frontend
  const bias = new Float32Array(paddedTo4(channels))
  const pooled = poolingOf(pooling)
  if (pooled.method === 'window') bias.set(pooled.bias?.(pooling) ?? [])
  // Where energies are not negative, sparse sampling may still leave a rounding below 0.
  const leastEnergy = compressionOf(compression).nonNegative ? 0 : Number.NEGATIVE_INFINITY
  const { constant, rows, beyond } = isInKernel(compression) ? numbersOf(compression) : NO_NUMBERS
  return {
    program: isInKernel(compression) ? compression.kind : 'frames',
    compression,
    energyFloor: energyFloor > 0 ? energyFloor : leastEnergy,
    bias,
    parameters: table(rows, channels, beyond),
    constant,
  }
}

const NO_NUMBERS: KernelNumbers = { constant: 0, rows: [] }

function isInKernel(compression: Compression): compression is KernelCompression {
  return compression.kind in kernelNumbers
}

function numbersOf(compression: KernelCompression): KernelNumbers {
  // The compiler does not see that an entry goes with compressions of its own kind.
  return kernelNumbers[compression.kind](compression as never)
}

const paddedTo4 = (channels: number) => Math.ceil(channels / 4) * 4

function table(rows: KernelNumbers['rows'], channels: number, beyond: KernelNumbers['beyond']): Float32Array {
  const padded = paddedTo4(channels)
  const values = new Float32Array(rows.length * padded)
  rows.forEach((row, i) => {
    if (beyond === 'last') values.fill(row[channels - 1], i * padded, (i + 1) * padded)
    values.set(row, i * padded)
  })
  return values
}
