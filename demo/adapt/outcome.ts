import type { Adapted } from '../../src/learning/teaching/index.ts'

export type Outcome = Pick<Adapted, 'before' | 'after' | 'measured'>

/** Below this many sounds one of them is much of the result. */
const MANY = 40

/** What came of adapting, in words that do not flatter. */
export function verdict({ before, after, measured }: Outcome): string {
  const right = (accuracy: number) => Math.round(accuracy * measured)
  const [was, is] = [right(before.inRoom.accuracy), right(after.inRoom.accuracy)]
  const lostInQuiet = right(before.inQuiet.accuracy) - right(after.inQuiet.accuracy)
  const sentences = [inRoom(was, is, measured)]
  if (lostInQuiet > 0)
    sentences.push(
      `In the quiet it gets ${lostInQuiet} more of them wrong${is > was ? ': use it in this room only' : ''}.`,
    )
  if (is <= was) sentences.push('Keep the model as it was.')
  if (measured < MANY) sentences.push(`${measured} sounds are few: one more or less may be chance.`)
  return sentences.join(' ')
}

function inRoom(was: number, is: number, measured: number): string {
  if (is > was) return `It helped: in the room ${is} of ${measured} sounds are right, ${was} before.`
  if (is < was) return `It did not help: in the room ${is} of ${measured} sounds are right, ${was} before.`
  if (was === measured)
    return `There was nothing to win: in this room all ${measured} sounds were right before.`
  return `It made no difference: in the room ${is} of ${measured} sounds are right, as before.`
}

/** "14 of 18 (78 %)" */
export function count(accuracy: number, measured: number): string {
  return `${Math.round(accuracy * measured)} of ${measured} (${Math.round(100 * accuracy)} %)`
}
