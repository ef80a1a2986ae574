import { cannotHold } from './export-error.ts'
import { float32, type Layout, type NamedTensors, type Profile, placesOf, windowLength } from './layout.ts'
import { type LeafNumbers, leafDescription, leafNumbers, PCEN_PARAMETERS, type PcenNumbers } from './leaf.ts'
import type { Scope } from './scope.ts'
import { checkWindow, evenWindowNotes } from './window.ts'

/** What tells one PyTorch port of the official LEAF from another: names and shapes. */
export interface PytorchLeaf {
  readonly name: string
  readonly library: string
  readonly profile: Profile
  /** Shape (channels, 2): centre in rad/sample, sigma in samples. */
  readonly kernel: string
  readonly width: { readonly name: string; shape(channels: number): readonly number[] }
  /** One per channel, added to pooled energies. */
  readonly bias?: string
  readonly pcen: Readonly<Record<keyof PcenNumbers, string>>
  /** Constants stored with the parameters, by their name: what they are for a window of so many samples. */
  readonly buffers?: Readonly<Record<string, (windowLength: number) => Float32Array>>
  /** Tensors of parts that no frontend here has, and what the parts are. */
  readonly foreign: Readonly<Record<string, string>>
}

/** The layout of a port; every one of them clips everything but delta where it is used. */
export function pytorchLeaf(port: PytorchLeaf): Layout {
  const { name, library, profile, kernel, width, pcen, buffers = {} } = port
  const names = [kernel, width.name, ...Object.values(pcen), ...(port.bias ? [port.bias] : [])]
  const modules = [...new Set([...names, ...Object.keys(port.foreign)].map((key) => key.split('.')[0]))]
  return {
    name,
    library,
    profile,
    container: 'safetensors',
    find: (tensors) => placesOf(tensors, [...names, ...Object.keys(buffers)]),
    read(scope, sizes) {
      scope.without(port.foreign)
      const numbers = readNumbers(port, scope)
      for (const buffer of Object.keys(buffers))
        if (scope.has(buffer)) checkWindow(buffer, scope.take(buffer, [null]).values.length, sizes)
      scope.nothingLeftIn(modules)
      return {
        description: leafDescription(numbers, sizes, profile),
        unclipped: ['compression.delta'],
        notes: evenWindowNotes(profile, sizes),
      }
    },
    write(frontend) {
      const stored = writeNumbers(port, leafNumbers(frontend, library))
      const constants = Object.entries(buffers).map(([buffer, values]) => {
        const constant = values(windowLength(frontend))
        return [buffer, float32([constant.length], constant)] as const
      })
      return [...stored, ...constants]
    },
  }
}

function readNumbers({ kernel, width, bias, pcen }: PytorchLeaf, scope: Scope): LeafNumbers {
  const filters = scope.take(kernel, [null, 2])
  const channels = filters.shape[0]
  const compressed = Object.values(pcen).some((name) => scope.has(name))
  return {
    center: filters.values.filter((_, i) => i % 2 === 0),
    sigma: filters.values.filter((_, i) => i % 2 === 1),
    width: scope.take(width.name, width.shape(channels)).values,
    bias: bias && scope.has(bias) ? scope.perChannel(bias, channels) : undefined,
    pcen: compressed ? readPcen(pcen, scope, channels) : undefined,
  }
}

function readPcen(names: PytorchLeaf['pcen'], scope: Scope, channels: number): PcenNumbers {
  const [alpha, delta, root, smooth] = PCEN_PARAMETERS.map((key) => scope.perChannel(names[key], channels))
  return { alpha, delta, root, smooth }
}

function writeNumbers(port: PytorchLeaf, numbers: LeafNumbers): NamedTensors {
  const { center, sigma, width, pcen, bias = center.map(() => 0) } = numbers
  const channels = center.length
  const kernel = center.flatMap((mu, n) => [mu, sigma[n]])
  if (port.bias === undefined && bias.some((value) => value !== 0))
    throw cannotHold(port.library, 'pooling bias')
  const compression = pcen ? PCEN_PARAMETERS.map((key) => [port.pcen[key], pcen[key]] as const) : []
  return [
    [port.kernel, float32([channels, 2], kernel)],
    [port.width.name, float32(port.width.shape(channels), width)],
    ...(port.bias ? [[port.bias, float32([channels], bias)] as const] : []),
    ...compression.map(([name, values]) => [name, float32([channels], values)] as const),
  ]
}
