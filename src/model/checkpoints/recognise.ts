import type { LeafError } from '../../error.ts'
import type { Checkpoint } from './checkpoint.ts'
import { checkpointError } from './checkpoint-error.ts'
import { denfed } from './denfed.ts'
import { efficientleaf } from './efficientleaf.ts'
import type { Layout } from './layout.ts'
import { leafPytorch } from './leaf-pytorch.ts'
import { ogLeaf } from './og-leaf.ts'
import { sincnet } from './sincnet.ts'
import { speechbrain } from './speechbrain.ts'
import { tdfbanks } from './tdfbanks.ts'
import { tensorflow } from './tensorflow.ts'
import { prefixInFile } from './wrappers.ts'

/** Every layout: a library more is a file and a line here. */
export const layouts: readonly Layout[] = [
  leafPytorch, speechbrain, efficientleaf, denfed, ogLeaf, tensorflow, tdfbanks, sincnet,
] // biome-ignore format: one list, read at a glance

/** Fewer of a layout's tensors may be there by chance. */
const LEAST_FOUND = 2
const NAMES_SHOWN = 4
/** What np.savez calls arrays that it is given without names. */
const POSITIONAL = /^arr_\d+$/

/**
 * The layout of which most tensors are there, and where.
 *
 * @throws LeafError `model-file` where there is none, or as much of it in several places.
 */
export function recognise(checkpoint: Checkpoint): { layout: Layout; prefix: string } {
  const { tensors } = checkpoint
  const places = layouts.flatMap((layout) => layout.find(tensors).map((place) => ({ layout, ...place })))
  const most = places.reduce((count, { found }) => Math.max(count, found), 0)
  const [best, ...others] = places.filter(({ found }) => found >= LEAST_FOUND && found === most)
  if (best === undefined) throw unknownError(checkpoint)
  const rival = others.find(({ prefix }) => prefix !== best.prefix)
  if (rival === undefined) return best
  throw checkpointError(
    `it holds a frontend under "${prefixInFile(checkpoint, best.prefix)}" and another under "${prefixInFile(checkpoint, rival.prefix)}"`,
    'Save one of them alone.',
  )
}

function unknownError({ container, tensors }: Checkpoint): LeafError {
  const names = [...tensors.keys()]
  if (names.length > 0 && names.every((name) => POSITIONAL.test(name)))
    return checkpointError(
      `its arrays have no names of their own (${names.slice(0, NAMES_SHOWN).join(', ')})`,
      'Save them by name: np.savez(path, **{v.name: v.numpy() for v in frontend.weights}).',
    )
  const shown = names.slice(0, NAMES_SHOWN).map((name) => JSON.stringify(name))
  const first = shown.length > 0 ? ` (the first are ${shown.join(', ')})` : ''
  return checkpointError(
    `its ${names.length} tensors are of no frontend known here${first}`,
    names.length === 0 && container === 'npz'
      ? 'Save the weights with np.savez(path, **{v.name: v.numpy() for v in frontend.weights}).'
      : `Give weights of one of: ${layouts.map(({ library }) => library).join(', ')}.`,
  )
}
