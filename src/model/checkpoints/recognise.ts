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

/** Every layout: a library more is a file and a line here. */
export const layouts: readonly Layout[] = [
  leafPytorch, speechbrain, efficientleaf, denfed, ogLeaf, tensorflow, tdfbanks, sincnet,
] // biome-ignore format: one list, read at a glance

/** Fewer of a layout's tensors may be there by chance. */
const LEAST_FOUND = 2
const NAMES_SHOWN = 4

/**
 * The layout of which most tensors are there, and where.
 *
 * @throws LeafError `model-file` where there is none, or as much of it in several places.
 */
export function recognise({ tensors }: Checkpoint): { layout: Layout; prefix: string } {
  const places = layouts.flatMap((layout) => layout.find(tensors).map((place) => ({ layout, ...place })))
  const most = Math.max(...places.map(({ found }) => found))
  const [best, ...others] = places.filter(({ found }) => found >= LEAST_FOUND && found === most)
  if (best === undefined) {
    const names = [...tensors.keys()].slice(0, NAMES_SHOWN).map((name) => JSON.stringify(name))
    throw checkpointError(
      `its ${tensors.size} tensors are of no frontend known here (the first are ${names.join(', ')})`,
      `Give weights of one of: ${layouts.map(({ library }) => library).join(', ')}.`,
    )
  }
  const rival = others.find(({ prefix }) => prefix !== best.prefix)
  if (rival === undefined) return best
  throw checkpointError(
    `it holds a frontend under "${best.prefix}" and another under "${rival.prefix}"`,
    'Save one of them alone.',
  )
}
