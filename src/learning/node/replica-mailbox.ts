import type { Example } from '../examples/index.ts'
import type { Numbers } from '../optimiser/index.ts'
import type { Moved, ReplicaWork, Share, ShareDifferentials } from '../training/index.ts'

/** Most of a share. */
export interface ShareSize {
  readonly examples: number
  /** Numbers of the longest sound, or of a window of features where that is more. */
  readonly numbers: number
  readonly labels: number
}

/** What two replicas hand each other, in memory that both see; plain data. */
export interface MailboxMemory {
  /** Index, first, size and count of examples, what has become of the parameters; then loss and whether features are finite. */
  readonly header: Float64Array<SharedArrayBuffer>
  /** Of each example whether it is a sound, its first frame, and how many numbers it has. */
  readonly places: Float64Array<SharedArrayBuffer>
  /** Sounds and features. */
  readonly numbers: Float32Array<SharedArrayBuffer>
  readonly targets: Float32Array<SharedArrayBuffer>
  readonly weights: readonly Float32Array<SharedArrayBuffer>[]
  readonly weightGradients: readonly Float32Array<SharedArrayBuffer>[]
  readonly parameters: readonly Float64Array<SharedArrayBuffer>[]
  readonly parameterGradients: readonly Float64Array<SharedArrayBuffer>[]
}

const MOVED: readonly Moved[] = ['not', 'on', 'anew']

export function mailboxMemory({ weights, parameters }: ReplicaWork, size: ShareSize): MailboxMemory {
  const floats = (length: number) => new Float32Array(new SharedArrayBuffer(4 * length))
  const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length))
  return {
    header: doubles(7),
    places: doubles(3 * size.examples),
    numbers: floats(size.examples * size.numbers),
    targets: floats(size.examples * size.labels),
    weights: weights.map(floats),
    weightGradients: weights.map(floats),
    parameters: parameters.map(doubles),
    parameterGradients: parameters.map(doubles),
  }
}

/** Writes and reads what replicas hand each other. */
export class ReplicaMailbox {
  readonly memory: MailboxMemory
  readonly #size: ShareSize

  constructor(memory: MailboxMemory, size: ShareSize) {
    this.memory = memory
    this.#size = size
  }

  putShare(
    { index, first, size, examples }: Share,
    weights: readonly Numbers[],
    parameters: readonly Numbers[],
    moved: Moved,
  ): void {
    const { header, places, numbers, targets } = this.memory
    header.set([index, first, size, examples.length, MOVED.indexOf(moved)])
    examples.forEach((example, i) => {
      const own = 'sound' in example ? example.sound : example.features
      places.set([Number('sound' in example), example.firstFrame, own.length], 3 * i)
      numbers.set(own, i * this.#size.numbers)
      targets.set(example.target, i * this.#size.labels)
    })
    weights.forEach((values, i) => {
      this.memory.weights[i].set(values)
    })
    parameters.forEach((values, i) => {
      this.memory.parameters[i].set(values)
    })
  }

  /** Sounds and features are views, good until the next share is put. */
  takeShare(): { readonly share: Share; readonly moved: Moved } {
    const { header, places, numbers, targets } = this.memory
    const { numbers: most, labels } = this.#size
    const [index, first, size, count, moved] = header
    const examples = Array.from({ length: count }, (_, i): Example => {
      const [isSound, firstFrame, length] = places.subarray(3 * i)
      const own = numbers.subarray(i * most, i * most + length)
      const target = targets.subarray(i * labels, (i + 1) * labels)
      return isSound ? { sound: own, firstFrame, target } : { features: own, firstFrame: 0, target }
    })
    return { share: { index, first, size, examples }, moved: MOVED[moved] }
  }

  putDifferentials({ loss, areFeaturesFinite, weights, parameters }: ShareDifferentials): void {
    this.memory.header.set([loss, Number(areFeaturesFinite)], 5)
    for (const [place, values] of weights) this.memory.weightGradients[place].set(values)
    parameters.forEach((values, i) => {
      this.memory.parameterGradients[i].set(values)
    })
  }

  /** Views, good until the next share is put; without running statistics, which the first replica has as well. */
  takeDifferentials(): ShareDifferentials {
    const { header, weightGradients, parameterGradients } = this.memory
    return {
      loss: header[5],
      areFeaturesFinite: header[6] === 1,
      weights: new Map(weightGradients.map((values, place) => [place, values])),
      statistics: new Map(),
      parameters: parameterGradients,
    }
  }
}
