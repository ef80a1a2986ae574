import { checkpointError } from './checkpoint-error.ts'

type Shape = readonly number[]

/** What a weight of the official code is, told by the last part of its name and its shape: N filters, K taps. */
const ROLES = {
  /** Centre and sigma of Gabor filters, or the raw edges of sinc filters. */
  filters: { name: 'kernel', shape: '(N, 2)', fits: ([, two], rank) => rank === 2 && two === 2 },
  /** Real and imaginary taps of free filters in turn. */
  taps: { name: 'kernel', shape: '(K, 1, 2N)', fits: ([, one, n], rank) => rank === 3 && one === 1 && n % 2 === 0 },
  width: { name: 'kernel', shape: '(1, 1, N, 1)', fits: ([a, b, , d], rank) => rank === 4 && a * b * d === 1 },
  /** The one pooling window of all channels. */
  window: { name: 'kernel', shape: '(1, K, 1, 1)', fits: ([a, b, c, d], rank) => rank === 4 && b > 1 && a * c * d === 1 },
  /** The smoothing weight on the diagonal, where PCEN's smoother is a fixed recurrent layer; the other is what it keeps. */
  fixedSmooth: { name: 'kernel', shape: '(N, N)', fits: ([a, b], rank) => rank === 2 && a === b && a !== 2 },
  fixedKeep: { name: 'recurrent_kernel', shape: '(N, N)', fits: ([a, b], rank) => rank === 2 && a === b },
  preemphasis: { name: 'kernel', shape: '(2, 1, 1)', fits: ([a, b, c], rank) => rank === 3 && a === 2 && b * c === 1 },
  alpha: { name: 'alpha', shape: '(N)', fits: (_, rank) => rank === 1 },
  delta: { name: 'delta', shape: '(N)', fits: (_, rank) => rank === 1 },
  root: { name: 'root', shape: '(N)', fits: (_, rank) => rank === 1 },
  smooth: { name: 'smooth', shape: '(N)', fits: (_, rank) => rank === 1 },
  gamma: { name: 'gamma', shape: '(N)', fits: (_, rank) => rank === 1 },
  beta: { name: 'beta', shape: '(N)', fits: (_, rank) => rank === 1 },
} as const satisfies Record<
  string,
  { name: string; shape: string; fits: (shape: Shape, rank: number) => boolean }
> // biome-ignore format: one table, read at a glance

export type Role = keyof typeof ROLES

/** Layers of the frontend, and a variable outside of any layer, as the official kernel is. */
const FRONTEND = /^[^/]*$|frontend|complex_conv|tfbanks|leaf|sinc|pool|pcen|ema|compress|layer_norm/i
const NAMES_SHOWN = 8
const NORMALISATION = /instance_norm/i

/** Weights of the official code by their role. */
export class TensorflowWeights {
  readonly #names = new Map<Role, string[]>()

  /** @param shapes of all tensors of a checkpoint */
  constructor(shapes: Iterable<readonly [string, Shape]>) {
    for (const [name, shape] of shapes) {
      const role = roleOf(name, shape)
      if (!role) continue
      const names = this.#names.get(role)
      if (names) names.push(name)
      else this.#names.set(role, [name])
    }
  }

  /** Roles that a tensor has. */
  get size(): number {
    return this.#names.size
  }

  has(role: Role): boolean {
    return this.#names.has(role)
  }

  /**
   * The name of the tensor of a role; among several the one in a layer of a frontend.
   *
   * @throws LeafError `model-file` where there is none, or where it cannot be told which it is.
   */
  name(role: Role): string {
    const names = this.#names.get(role) ?? []
    const own = names.filter((name) => FRONTEND.test(name))
    const candidates = names.length > 1 ? own : names
    if (candidates.length === 1) return candidates[0]
    const wanted = `"${ROLES[role].name}" of shape ${ROLES[role].shape}`
    throw checkpointError(
      names.length === 0
        ? `a tensor ${wanted} is missing`
        : `it cannot be told which of ${names.slice(0, NAMES_SHOWN).join(', ')} is ${wanted}`,
      "Save the frontend's weights alone: np.savez(path, **{v.name: v.numpy() for v in frontend.weights}).",
    )
  }

  /** @throws LeafError `model-file` where the frontend has a part that none here has. */
  onlyKnown(): void {
    const norm = this.#names.get('gamma')?.find((name) => NORMALISATION.test(name))
    const [foreign, part] = this.has('preemphasis')
      ? [this.name('preemphasis'), 'a pre-emphasis']
      : [norm, 'a normalisation over the whole sound']
    if (foreign === undefined) return
    throw checkpointError(
      `tensor ${JSON.stringify(foreign)} is ${part}, which no frontend here has`,
      'Train without it.',
    )
  }
}

/** Whether a tensor has the name of a variable of the frontend's, whatever its shape. */
export function isFrontendVariable(name: string): boolean {
  const variable = variableOf(name)
  return FRONTEND.test(name) && Object.values(ROLES).some((role) => role.name === variable)
}

function roleOf(name: string, shape: Shape): Role | undefined {
  const variable = variableOf(name)
  return (Object.keys(ROLES) as Role[]).find(
    (role) => ROLES[role].name === variable && ROLES[role].fits(shape as never, shape.length),
  )
}

/** Variable names end in `:0`, those of an object graph in a path of TensorFlow's own; attributes begin with `_`. */
function variableOf(name: string): string {
  const path = name.replace(/:\d+$/, '').replace(/\/\.ATTRIBUTES\/VARIABLE_VALUE$/, '')
  const [last] = path.split('/').slice(-1)
  const attribute = last.replace(/^_/, '')
  return attribute === 'weights' ? 'smooth' : attribute
}
