import type { Adapted } from '../../src/learning/teaching/index.ts'
import { changedBetween, type Gain, gainOf } from './chance.ts'

export type Outcome = Pick<Adapted, 'before' | 'after' | 'measured'>

/** Below this many sounds one of them is much of the result. */
const MANY = 40

/** What came of adapting, in words that do not flatter. */
export function verdict(outcome: Outcome): string {
  const { before, after, measured } = outcome
  const right = (accuracy: number) => Math.round(accuracy * measured)
  const [was, is] = [right(before.inRoom.accuracy), right(after.inRoom.accuracy)]
  const lostInQuiet = right(before.inQuiet.accuracy) - right(after.inQuiet.accuracy)
  const { isChance } = gainIn(outcome, 'inRoom')
  const sentences = [inRoom(was, is, measured, isChance)]
  if (lostInQuiet > 0)
    sentences.push(
      `In the quiet it gets ${lostInQuiet} more of them wrong${is > was ? ': use it in this room only' : ''}.`,
    )
  if (is <= was || isChance) sentences.push('Keep the model as it was.')
  if (is !== was && isChance && measured < MANY)
    sentences.push(`${measured} sounds are few: give more examples to tell a gain from chance.`)
  return sentences.join(' ')
}

/** What was won, and how sure that is. */
export function gainIn({ before, after }: Outcome, where: 'inRoom' | 'inQuiet'): Gain {
  return gainOf(changedBetween(before[where].right, after[where].right))
}

function inRoom(was: number, is: number, measured: number, isChance: boolean): string {
  const now = `in the room ${is} of ${measured} sounds are right`
  if (is === was && was === measured)
    return `There was nothing to win: in this room all ${measured} sounds were right before.`
  if (is === was) return `It made no difference: ${now}, as before.`
  if (isChance) return `No more than chance may give: ${now}, ${was} before.`
  return `${is > was ? 'It helped' : 'It did not help'}: ${now}, ${was} before.`
}

/** "14 of 18 (78 %)" */
export function count(accuracy: number, measured: number): string {
  return `${Math.round(accuracy * measured)} of ${measured} (${Math.round(100 * accuracy)} %)`
}

/** "+8 (+1 to +10)": sounds won, and their interval. */
export function gainText({ gain, from, to }: Gain): string {
  return `${signed(gain)} (${signed(Math.round(from))} to ${signed(Math.round(to))})`
}

function signed(sounds: number): string {
  return sounds > 0 ? `+${sounds}` : sounds < 0 ? `−${-sounds}` : '0'
}
