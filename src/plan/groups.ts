/** One filter's wish: its own stride and where its pass-band lies. */
export interface Sampling {
  readonly channel: number
  readonly stride: number
  /** Whether nodes may stand behind the pooling window; those of a group all do or all do not. */
  readonly twoSided: boolean
  readonly firstBin: number
  readonly bins: number
}

/** A set of up to four filters that share a stride; a filter may take several lanes, a phase of its positions each. */
export interface LaneGroup {
  /** Stride of a lane, samples. */
  readonly stride: number
  /** Lanes a filter takes: its own positions are `stride / phases` apart. */
  readonly phases: number
  readonly members: readonly Sampling[]
}

/**
 * Packs filters into groups of four lanes at the least cost: neighbours in stride and frequency share a group at the
 * finer stride of the two; a filter or two left alone at a fine stride fill the lanes with phases instead.
 */
export function packLanes(
  samplings: readonly Sampling[],
  size: number,
  strides: readonly number[],
): LaneGroup[] {
  const sorted = [...samplings].sort(
    (a, b) => Number(a.twoSided) - Number(b.twoSided) || a.stride - b.stride || a.firstBin - b.firstBin,
  )
  const best: { cost: number; group: LaneGroup | null }[] = [{ cost: 0, group: null }]
  for (let end = 1; end <= sorted.length; end++) {
    best[end] = { cost: Number.POSITIVE_INFINITY, group: null }
    for (let length = 1; length <= Math.min(4, end); length++) {
      const members = sorted.slice(end - length, end)
      if (members.some((member) => member.twoSided !== members[0].twoSided)) break
      for (const phases of [1, 2, 4]) {
        const stride = members[0].stride * phases
        if (length * phases > 4 || !strides.includes(stride)) continue
        const cost = best[end - length].cost + groupCost(members, stride, phases, size)
        if (cost < best[end].cost) best[end] = { cost, group: { stride, phases, members } }
      }
    }
  }
  const groups: LaneGroup[] = []
  for (let end = sorted.length; end > 0; ) {
    const group = best[end].group
    if (!group) break
    groups.push(group)
    end -= group.members.length
  }
  return groups
}

/** A bin of real spectra, folded: 3 loads and 2 products, 2 loads and 2 sums of what is there but for the first, 2 stores. */
const FOLD_REAL = 9
/** The same of complex spectra, which lanes of several phases have. */
const FOLD_COMPLEX = 15
/** An element of the inverse transform for each doubling of its points: 12 of radix 4, which does two, 8 of radix 2. */
const STAGE = 5
/** A slot's share of the last butterfly of radix 5 and of squaring: 70 for five slots. */
const LAST = 14

/**
 * The kernel's vector instructions for a group and block, counted from its loops (worklet/kernel/subband.ts, fourier.ts,
 * fifths.ts). `npm run sampling` prints how the time of groups goes with it.
 */
export function groupCost(
  members: readonly Sampling[],
  stride: number,
  phases: number,
  size: number,
): number {
  const slots = size / stride
  const first = Math.min(...members.map((member) => member.firstBin))
  const last = Math.max(...members.map((member) => member.firstBin + member.bins))
  return filteringCost(Math.max(slots, last - first), slots, phases > 1)
}

/** The same of a group laid out: its bins, folded onto slots, and whether its spectra are complex. */
export function filteringCost(bins: number, slots: number, complex: boolean): number {
  const fold = complex ? FOLD_COMPLEX : FOLD_REAL
  return bins * fold + slots * (31 - Math.clz32(slots)) * STAGE + slots * LAST
}
