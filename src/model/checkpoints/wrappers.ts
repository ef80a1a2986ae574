import type { StoredTensors } from './checkpoint.ts'

/** Modules that PyTorch puts around others, for compiling and for several devices, and that stand in their names. */
const WRAPPERS: ReadonlySet<string> = new Set(['_orig_mod', 'module'])

/** Tensors by their names without wrappers, and the names that had some by those without. */
export interface Unwrapped {
  readonly tensors: StoredTensors
  readonly names: ReadonlyMap<string, string>
}

/** Leaves wrappers out of names, wherever they stand; where two would have one name, the second keeps its own. */
export function unwrapped(stored: StoredTensors): Unwrapped {
  const tensors = new Map<string, StoredTensors extends ReadonlyMap<string, infer Stored> ? Stored : never>()
  const names = new Map<string, string>()
  for (const [name, tensor] of stored) {
    const short = withoutWrappers(name)
    const isTaken = short !== name && (stored.has(short) || tensors.has(short))
    tensors.set(isTaken ? name : short, tensor)
    if (!isTaken && short !== name) names.set(short, name)
  }
  return { tensors, names }
}

/** A prefix as it stands in the file. */
export function prefixInFile({ tensors, names }: Unwrapped, prefix: string): string {
  for (const name of tensors.keys()) {
    if (!name.startsWith(prefix)) continue
    const segments = (names.get(name) ?? name).split('.')
    let left = name.slice(prefix.length).split('.').length
    while (left > 0) if (!WRAPPERS.has(segments.pop() as string)) left--
    return segments.map((segment) => `${segment}.`).join('')
  }
  return prefix
}

function withoutWrappers(name: string): string {
  const segments = name.split('.')
  const kept = segments.filter((segment, i) => i === segments.length - 1 || !WRAPPERS.has(segment))
  return kept.length === segments.length ? name : kept.join('.')
}
