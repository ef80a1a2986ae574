import type { Model } from '../../src/model/index.ts'

/** What `adapt` asks for, half to learn from and half to measure: classes, sounds of each, seconds in all. */
const [CLASSES, EACH, SECONDS] = [2, 2, 10]
/** A shorter sound is heard for a second. */
const SHORTEST = 1
/** Labels that are named; of more the first are. */
const NAMED = 8

/** A sound by its label. */
export interface LabelledLength {
  readonly label: string
  readonly seconds: number
}

/**
 * What a model lacks to be adapted, and how to get it; null where it lacks nothing.
 *
 * @param examples all that are in this browser
 */
export function lackOf(
  { heads, labels, frontend }: Model,
  examples: readonly LabelledLength[],
): string | null {
  if (heads)
    return 'This model answers several questions at once, and an example answers one. Adapt takes a model with one list of sounds, such as one taught here.'
  if (frontend.compression.kind !== 'pcen')
    return 'This model has no PCEN, and PCEN is what adapts. One taught here has.'
  const own = examples.filter(({ label }) => labels.includes(label))
  const filled = labels.filter((name) => own.filter(({ label }) => label === name).length >= EACH)
  const seconds = own.reduce((sum, one) => sum + Math.max(SHORTEST, one.seconds), 0)
  if (filled.length >= CLASSES && seconds >= SECONDS) return null
  const names = listed(labels)
  const needs = `It takes ${EACH} examples each of ${CLASSES} of its sounds, ${SECONDS} seconds in all, and better two minutes`
  if (own.length === 0) return `There is no example here of any sound of this model: ${names}. ${needs}.`
  return `There ${own.length === 1 ? 'is one example' : `are ${own.length} examples`} here of the sounds of this model, ${Math.round(seconds)} s together: ${names}. ${needs}.`
}

function listed(labels: readonly string[]): string {
  if (labels.length <= NAMED) return labels.join(', ')
  return `${labels.slice(0, NAMED).join(', ')} and ${labels.length - NAMED} more`
}
