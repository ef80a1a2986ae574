import { nameKey } from '../../events/index.ts'
import { type Random, shuffled, streams } from '../random/index.ts'
import { refused } from '../refused.ts'
import { checkLabel, checkSound, type LabelledSound } from './labelled-sound.ts'

/** Training and held-out examples per class, in the order of the labels. */
export interface Split {
  /** In order of first occurrence. */
  readonly labels: readonly string[]
  readonly learned: readonly (readonly LabelledSound[])[]
  readonly heldOut: readonly (readonly LabelledSound[])[]
  /** Labels with a single recording, which is on both sides: their accuracy is optimistic. */
  readonly shared: readonly string[]
}

// A choice needs two classes, and each class one example to train on and one to hold out.
const MIN_CLASSES = 2
const MIN_EXAMPLES = 2

/**
 * Stratified split grouped by recording: holds out a share of each class, at least one example. A class with a single
 * recording is split within it. Deterministic for a seed.
 *
 * @param share held-out share of each class's examples, 0 to 1
 * @throws LeafError `arguments` naming the class with too few examples or the invalid example
 */
export function splitExamples(
  sounds: readonly LabelledSound[],
  sampleRate: number,
  seed: number,
  share: number,
): Split {
  const classes = new Map<string, LabelledSound[]>()
  for (const sound of sounds) {
    checkLabel(sound.label)
    const own = classes.get(nameKey(sound.label))
    if (own) own.push(sound)
    else classes.set(nameKey(sound.label), [sound])
  }
  const labels = [...classes.values()].map(([{ label }]) => label)
  if (labels.length < MIN_CLASSES) {
    throw refused(
      `There ${labels.length === 1 ? 'is 1 class' : 'are no classes'} with examples.`,
      'Give at least two, one of them the background: what is heard when nothing happens.',
    )
  }
  const shared: string[] = []
  const divided = labels.map((label, i) => {
    const own = classes.get(nameKey(label))!
    if (own.length < MIN_EXAMPLES) {
      throw refused(
        `The class ${JSON.stringify(label)} has a single example.`,
        `Give every class at least ${MIN_EXAMPLES}, better 20.`,
      )
    }
    for (const { sound } of own) checkSound(sound, label, sampleRate)
    const recordings = groupsOf(own)
    if (recordings.length === 1) shared.push(label)
    return divide(
      recordings.length === 1 ? own.map((one) => [one]) : recordings,
      share,
      streams.heldOut(seed, i),
    )
  })
  return {
    labels,
    learned: divided.map(({ learned }) => learned),
    heldOut: divided.map(({ heldOut }) => heldOut),
    shared,
  }
}

function groupsOf(sounds: readonly LabelledSound[]): LabelledSound[][] {
  const groups = new Map<string, LabelledSound[]>()
  for (const sound of sounds) {
    const group = groups.get(sound.recording)
    if (group) group.push(sound)
    else groups.set(sound.recording, [sound])
  }
  return [...groups.values()]
}

/** Splits groups so that neither side is empty; if none fits the share, the smallest is held out. */
function divide(groups: readonly (readonly LabelledSound[])[], share: number, random: Random) {
  const total = groups.reduce((sum, { length }) => sum + length, 0)
  const wanted = Math.max(1, Math.round(share * total))
  const drawn = shuffled(groups, random)
  const heldOut = new Set<readonly LabelledSound[]>()
  let count = 0
  for (const group of drawn) {
    if (count + group.length > wanted || heldOut.size === groups.length - 1) continue
    heldOut.add(group)
    count += group.length
  }
  if (heldOut.size === 0) {
    heldOut.add(drawn.reduce((smallest, group) => (group.length < smallest.length ? group : smallest)))
  }
  return {
    learned: groups.filter((group) => !heldOut.has(group)).flat(),
    heldOut: groups.filter((group) => heldOut.has(group)).flat(),
  }
}
