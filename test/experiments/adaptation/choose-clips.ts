import { type Clip, decodeClips, type Manifest } from '../../../src/learning/data/index.ts'
import { type Random, streams } from '../../../src/learning/random/index.ts'

export interface Choice {
  /** Most seconds of all clips together, as they are heard. */
  readonly seconds: number
  readonly seed: number
  /** No clip with this label. */
  readonly leftOut: string | null
  readonly sampleRate: number
  /** Samples that a clip is heard for at least. */
  readonly least: number
}

/** Clips of train drawn by chance, one of each label in turn, until the next one would be too much. */
export async function chooseClips({ labels, rows }: Manifest, choice: Choice): Promise<Clip[]> {
  const { seconds, seed, leftOut, sampleRate, least } = choice
  const random = streams.adaptationClips(seed)
  const usable = rows.filter(
    (row) => row.split === 'train' && !row.labels.some((label) => labels[label] === leftOut),
  )
  const left = labels.map((_, label) => usable.filter((row) => row.labels[0] === label))
  const chosen: Clip[] = []
  let free = seconds * sampleRate
  while (true) {
    const turn = left.filter(({ length }) => length > 0)
    if (turn.length === 0) return chosen
    while (turn.length > 0) {
      const ofLabel = drawn(turn, random)
      const [clip] = await decodeClips([drawn(ofLabel, random)], sampleRate, () => {})
      free -= Math.max(clip.samples.length, least)
      if (free < 0) return chosen
      chosen.push(clip)
    }
  }
}

/** Takes an item out. */
function drawn<Item>(items: Item[], random: Random): Item {
  return items.splice(random.below(items.length), 1)[0]
}
