import type { Taught } from '../../src/learning/teaching/index.ts'
import { percent } from '../../src/view/index.ts'
import { shareBounds } from '../common/index.ts'

/** How well a model knows its sounds, for people. @param taught null for a model of a file */
export function verdict(labels: readonly string[], taught: Taught | null): string {
  if (!taught) return `A model of yours: ${labels.join(', ')}. Make your sounds.`
  const { accuracy, confusion, shared } = taught
  const count = confusion.flat().reduce((sum, examples) => sum + examples, 0)
  const { from, to } = shareBounds(Math.round(accuracy * count), count)
  const flattered =
    shared.length > 0
      ? ` ${shared.join(', ')}: all from one recording, so this flatters. Record them once more.`
      : ''
  return `Right on ${percent(accuracy)} of the held-out examples: of ${count}, so ${percent(from)} to ${percent(to)} of others like them.${flattered} Make your sounds.`
}
