import { MOST_TAPS } from '../../frontend/index.ts'
import { isReadType, type StoredTensor, tensorValues } from '../safetensors.ts'
import { checkpointError } from './checkpoint-error.ts'
import type { Unwrapped } from './wrappers.ts'

/** Numbers of one tensor at most: twenty times those of 256 free filters of 401 taps. */
const NUMBERS_LIMIT = 2 ** 22
const TYPES = 'float32, float64, float16 or bfloat16'

/** A tensor's numbers and its shape. */
export interface Numbers {
  readonly shape: readonly number[]
  /** Row-major. */
  readonly values: readonly number[]
}

/** The tensors of a checkpoint whose names begin with one prefix, taken one by one under the rest of their names. */
export class Scope {
  readonly #used = new Set<string>()

  constructor(
    private readonly checkpoint: Unwrapped,
    readonly prefix: string,
  ) {}

  /** Tensors of the checkpoint that were taken. */
  get taken(): number {
    return this.#used.size
  }

  /** Names under the prefix and the shapes of what they name. */
  shapes(): (readonly [string, readonly number[]])[] {
    return [...this.checkpoint.tensors]
      .filter(([name]) => name.startsWith(this.prefix))
      .map(([name, { shape }]) => [name.slice(this.prefix.length), shape] as const)
  }

  has(name: string): boolean {
    return this.checkpoint.tensors.has(this.prefix + name)
  }

  /** @throws LeafError `model-file` naming the first tensor that cannot be read, or holds nothing, of those that are `own` */
  requireReadable(own: (name: string) => boolean): void {
    for (const [name, shape] of this.shapes()) {
      if (!own(name)) continue
      this.#tensor(name)
      if (shape.includes(0)) throw this.#refuse(name, `has shape [${shape.join(', ')}] and holds nothing`)
    }
  }

  /**
   * Takes a tensor.
   *
   * @param shape sizes of its axes, null for any up to the taps of the longest filter: no frontend has more of anything
   * @throws LeafError `model-file` where it is missing, of another shape or type, or has a number that is not finite.
   */
  take(name: string, shape: readonly (number | null)[]): Numbers {
    const tensor = this.#tensor(name)
    const fits =
      tensor.shape.length === shape.length &&
      shape.every((size, i) => size === null || size === tensor.shape[i])
    if (!fits || tensor.shape.includes(0)) {
      const wanted = shape.map((size) => size ?? 'any').join(', ')
      throw this.#refuse(name, `has shape [${tensor.shape.join(', ')}], not [${wanted}]`)
    }
    const longest = Math.max(...tensor.shape)
    if (longest > MOST_TAPS)
      throw this.#refuse(name, `has ${longest} rows or columns, more than ${MOST_TAPS}`)
    return { shape: tensor.shape, values: this.#finite(name, tensor) }
  }

  /** Takes one number per channel; a single one stands for all. */
  perChannel(name: string, channels: number): readonly number[] {
    const { values } = this.take(name, [this.#tensor(name).shape[0] === 1 ? 1 : channels])
    return values.length === channels ? values : new Array<number>(channels).fill(values[0])
  }

  /** @throws LeafError `model-file` naming the first tensor not taken that lies in one of `modules`. */
  nothingLeftIn(modules: readonly string[]): void {
    for (const name of this.checkpoint.tensors.keys()) {
      if (!name.startsWith(this.prefix) || this.#used.has(name)) continue
      const rest = name.slice(this.prefix.length)
      const inside = modules.some((module) => rest === module || rest.startsWith(`${module}.`))
      if (inside) throw this.#refuse(rest, 'is unknown here, and what it does would be lost')
    }
  }

  /** @throws LeafError `model-file` where one of these tensors is there: the frontends here have no such part. */
  without(parts: Readonly<Record<string, string>>): void {
    for (const [name, part] of Object.entries(parts))
      if (this.has(name)) throw this.#refuse(name, `is ${part}, which no frontend here has`)
  }

  #tensor(name: string): StoredTensor {
    const tensor = this.checkpoint.tensors.get(this.prefix + name)
    if (tensor === undefined) throw this.#refuse(name, 'is missing')
    if (tensor.fault) throw this.#refuse(name, `cannot be read (${tensor.fault})`)
    return tensor
  }

  #finite(name: string, tensor: StoredTensor): readonly number[] {
    if (!isReadType(tensor.dtype))
      throw this.#refuse(name, `has elements of type ${tensor.dtype}, not ${TYPES}`)
    const count = tensor.shape.reduce((product, size) => product * size, 1)
    if (count > NUMBERS_LIMIT) throw this.#refuse(name, `holds ${count} numbers, more than ${NUMBERS_LIMIT}`)
    const values = Array.from(tensorValues(tensor))
    const bad = values.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw this.#refuse(name, `has ${values[bad]} at place ${bad}`)
    this.#used.add(this.prefix + name)
    return values
  }

  #refuse(name: string, problem: string) {
    const full = this.prefix + name
    const tensor = JSON.stringify(this.checkpoint.names.get(full) ?? full)
    return checkpointError(
      `tensor ${tensor} ${problem}`,
      "Save the whole frontend's weights as its library lays them out, in float32.",
    )
  }
}
