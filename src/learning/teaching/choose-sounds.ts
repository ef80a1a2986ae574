import { shuffled, streams } from '../random/index.ts'
import type { LabelledSound } from './labelled-sound.ts'
import { splitExamples } from './split.ts'

/** Of the sounds of a model, those that adapting to a room looks at. */
export interface ChosenSounds {
  readonly learned: readonly LabelledSound[]
  readonly measured: readonly LabelledSound[]
}

export interface SoundLimits {
  /** Hz */
  readonly sampleRate: number
  /** Samples that a sound is heard for at least. */
  readonly least: number
  /** Most samples to learn from, as they are heard. */
  readonly learned: number
  /** Most sounds to measure. */
  readonly measured: number
}

const HALF = 0.5

/**
 * Half of every class to learn from and half to measure, whole recordings at a time; where that is too much, some of
 * each by chance, one of each class in turn and at least one. The same seed and sounds, the same choice.
 *
 * @throws LeafError `arguments` for fewer than two classes of two sounds, or a sound that is none
 */
export function chooseSounds(
  sounds: readonly LabelledSound[],
  limits: SoundLimits,
  seed: number,
): ChosenSounds {
  const { learned, heldOut } = splitExamples(sounds, limits.sampleRate, seed, HALF)
  const inTurn = (classes: readonly (readonly LabelledSound[])[], part: number) =>
    taken(classes.map((own, label) => shuffled(own, streams.chosenSounds(seed, part, label))))
  return {
    learned: upTo(limits, learned.length, inTurn(learned, 0)),
    measured: inTurn(heldOut, 1).slice(0, limits.measured),
  }
}

/** The first of the sounds, until the next one would be too much; so many of them in any case. */
function upTo(
  { learned, least }: SoundLimits,
  kept: number,
  sounds: readonly LabelledSound[],
): readonly LabelledSound[] {
  let free = learned
  const tooMuch = sounds.findIndex(({ sound }, i) => {
    free -= Math.max(sound.length, least)
    return free < 0 && i >= kept
  })
  return tooMuch < 0 ? sounds : sounds.slice(0, tooMuch)
}

/** The first of each list, then the second of each, and so on. */
function taken<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}
