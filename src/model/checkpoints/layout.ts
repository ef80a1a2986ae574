import { type FrontendDescription, hopOf, windowLengthOf } from '../../frontend/index.ts'
import type { Tensor } from '../safetensors.ts'
import type { StoredTensors } from './checkpoint.ts'
import type { Scope } from './scope.ts'

/** Sizes that no checkpoint holds. */
export interface Sizes {
  /** Hz. */
  readonly sampleRate: number
  readonly windowMs: number
  readonly hopMs: number
}

/**
 * Samples by which a library's first pooling window begins before the sound: TensorFlow centres what the windows of
 * all frames reach over (SAME, for sounds of whole hops), the PyTorch ports put half a window.
 */
export const paddings = {
  tensorflow: (sizes: Sizes) => (windowLength(sizes) - hopOf(sizes.sampleRate, sizes.hopMs)) >> 1,
  pytorch: (sizes: Sizes) => windowLength(sizes) >> 1,
} as const

/** Whose padding of the pooling a frontend has. */
export type Profile = keyof typeof paddings

/** Samples of a window. */
export function windowLength({ sampleRate, windowMs }: Sizes): number {
  return windowLengthOf(sampleRate, windowMs)
}

/** A frontend as a checkpoint has it. */
export interface Draft {
  /** Complete, but its parameters may lie beyond their bounds, and its alignment is the library's own. */
  readonly description: FrontendDescription
  /** Parameters, as `compression.delta`, that the library uses as they are where a frontend here has a bound. */
  readonly unclipped: readonly string[]
  /** What a person should know, a sentence each. */
  readonly notes: readonly string[]
}

/** A place in a checkpoint where a frontend may be. */
export interface Place {
  /** What stands before the names: '' or something that ends with a dot. */
  readonly prefix: string
  /** How many of the layout's tensors are there. */
  readonly found: number
}

/** How a library lays its frontend out in a checkpoint: one file of this folder for each. */
export interface Layout {
  /** As options name it. */
  readonly name: string
  /** The library, for people. */
  readonly library: string
  readonly profile: Profile
  readonly container: 'safetensors' | 'npz'
  find(tensors: StoredTensors): readonly Place[]
  /**
   * The frontend under the scope's prefix.
   *
   * @throws LeafError `model-file` naming the tensor that is wrong or that no frontend here can represent.
   */
  read(scope: Scope, sizes: Sizes): Draft
  /**
   * The tensors that the library would store, float32. Absent where no frontend here is all of the library's.
   *
   * @throws LeafError `arguments` where the library has no such frontend.
   */
  readonly write?: (frontend: FrontendDescription) => NamedTensors
}

/** Tensors in the order in which they are stored. */
export type NamedTensors = readonly (readonly [string, Tensor & { readonly values: Float32Array }])[]

/** Places where any of `names` stand, for libraries that join the names of modules by dots. */
export function placesOf(tensors: StoredTensors, names: readonly string[]): Place[] {
  const byEnd = new Map(
    names.map((name) => [lastPart(name), names.filter((one) => lastPart(one) === lastPart(name))]),
  )
  const found = new Map<string, number>()
  for (const full of tensors.keys()) {
    for (const name of byEnd.get(lastPart(full)) ?? []) {
      if (full !== name && !full.endsWith(`.${name}`)) continue
      const prefix = full.slice(0, full.length - name.length)
      found.set(prefix, (found.get(prefix) ?? 0) + 1)
    }
  }
  return [...found].map(([prefix, count]) => ({ prefix, found: count }))
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** A tensor to be stored. */
export function float32(shape: readonly number[], values: ArrayLike<number>) {
  return { shape, values: Float32Array.from(values) }
}
