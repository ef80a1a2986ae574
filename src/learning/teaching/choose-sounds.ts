import { shuffled, streams } from '../random/index.ts'
import type { LabelledSound } from './labelled-sound.ts'
import { splitExamples } from './split.ts'

/** Training and measurement sets of an adaptation. */
export interface ChosenSounds {
  readonly learned: readonly LabelledSound[]
  readonly measured: readonly LabelledSound[]
}

export interface SoundLimits {
  /** Hz */
  readonly sampleRate: number
  /** Samples a shorter sound is padded to. */
  readonly least: number
  /** Most samples to train on, after padding. */
  readonly learned: number
  /** Most sounds to measure. */
  readonly measured: number
}

/** Share of each class that is measured. */
const MEASURED_SHARE = 0.5

/**
 * Splits each class in half by recording, then subsamples both halves to the limits: random order within a class, classes
 * in round-robin, at least one sound per class. Deterministic for a seed.
 *
 * @throws LeafError `arguments` for fewer than two classes of two sounds, or an invalid sound
 */
export function chooseSounds(
  sounds: readonly LabelledSound[],
  limits: SoundLimits,
  seed: number,
): ChosenSounds {
  const { learned, heldOut } = splitExamples(sounds, limits.sampleRate, seed, MEASURED_SHARE)
  const roundRobin = (classes: readonly (readonly LabelledSound[])[], part: number) =>
    interleave(classes.map((own, label) => shuffled(own, streams.chosenSounds(seed, part, label))))
  return {
    learned: withinDuration(limits, learned.length, roundRobin(learned, 0)),
    measured: roundRobin(heldOut, 1).slice(0, limits.measured),
  }
}

/** Longest prefix whose padded duration fits, but at least the first `minimum` sounds. */
function withinDuration(
  { learned, least }: SoundLimits,
  minimum: number,
  sounds: readonly LabelledSound[],
): readonly LabelledSound[] {
  let remaining = learned
  const end = sounds.findIndex(({ sound }, i) => {
    remaining -= Math.max(sound.length, least)
    return remaining < 0 && i >= minimum
  })
  return end < 0 ? sounds : sounds.slice(0, end)
}

/** Round-robin: the first of each list, then the second of each, and so on. */
function interleave<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}
