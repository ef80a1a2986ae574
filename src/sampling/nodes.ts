import type { Tolerance } from './tolerance.ts'

/** Where the sampled energies that a frame pools stand, in samples after the first tap of its pooling window. */
export interface Nodes {
  readonly first: number
  /** Samples between nodes. */
  readonly stride: number
  readonly count: number
}

/** What decides where nodes may stand, whatever the stride. */
export interface NodeGrid {
  /** A position on which a node stands, samples after the window's first tap. */
  readonly anchor: number
  /** Samples behind the window's last tap up to which energies are known when a frame is due; may be infinite. */
  readonly known: number
}

/**
 * Nodes from the last one not behind the window's first tap to the first one not before its last, and a few more on
 * either side, as far as energies are known there: they mend the jumps at the window's ends. At stride 1 the window's
 * own taps.
 */
export function nodesOver(
  taps: number,
  stride: number,
  { anchor, known }: NodeGrid,
  { extraNodes }: Tolerance,
): Nodes {
  if (stride === 1) return { first: 0, stride, count: taps }
  const behind = Math.min(Math.floor(known / stride), extraNodes)
  const before = Math.floor(-anchor / stride) - extraNodes
  const last = Math.ceil((taps - 1 - anchor) / stride) + behind
  return { first: anchor + stride * before, stride, count: last - before + 1 }
}

/** Samples by which the last node stands behind the window's last tap; negative if before it. */
export function lastNode({ first, stride, count }: Nodes, taps: number): number {
  return first + stride * (count - 1) - (taps - 1)
}

/** The divisors of n, ascending. */
export function divisorsOf(n: number): number[] {
  const divisors: number[] = []
  for (let divisor = 1; divisor <= n; divisor++) if (n % divisor === 0) divisors.push(divisor)
  return divisors
}
