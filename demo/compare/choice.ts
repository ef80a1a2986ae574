import { LeafError } from '../../src/error.ts'
import { frontendNamed, type NamedFrontend, namedFrontends } from '../common/index.ts'

export const FEWEST = 2
export const MOST = 4

/** What was learned, what it began with, and what is not learned. */
const FIRST = ['events', 'events-initial', 'mel-log']
/** What is put beside the others next, as long as it is not there. */
const NEXT = ['mel-pcen', 'sincnet', 'gammatone', ...namedFrontends.map(({ id }) => id)]

/**
 * The frontends that an address names, as in `leaf,mel-log`; the first ones where it names none.
 * @throws LeafError `arguments` for a name there is not, or too few or too many of them
 */
export function chosenBy(text: string): NamedFrontend[] {
  if (text === '') return FIRST.map(frontendNamed)
  const names = text.split(',')
  if (names.length < FEWEST || names.length > MOST) {
    throw new LeafError(
      'arguments',
      `The address names ${names.length === 1 ? 'one frontend' : `${names.length} frontends`} to compare.`,
      `Give ${FEWEST} to ${MOST} with commas between them, or choose them below.`,
    )
  }
  return names.map(frontendNamed)
}

/** The frontends as the address keeps them. */
export function asText(chosen: readonly NamedFrontend[]): string {
  return chosen.map(({ id }) => id).join(',')
}

/** A frontend that is not among the present ones. */
export function another(present: readonly NamedFrontend[]): NamedFrontend {
  const id = NEXT.find((name) => !present.some((frontend) => frontend.id === name))
  return frontendNamed(id ?? NEXT[0])
}
