/** Where nothing is heard, or nobody knows what should be. */
export const NOTHING = ''

/** A file that was heard. */
export interface Tested {
  /** A label, or NOTHING. */
  readonly expected: string
  /** A label, or NOTHING. */
  readonly heard: string
}

/** The label that stands in a file's name, the longest of several; NOTHING where none does. */
export function expectedIn(name: string, labels: readonly string[]): string {
  const bare = bared(name)
  const found = labels.filter((label) => ` ${bare} `.includes(` ${bared(label)} `))
  return found.sort((one, other) => other.length - one.length)[0] ?? NOTHING
}

/** Words, small, without what lies between them: "Dog_bark-3.wav" → "dog bark 3 wav". */
function bared(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/(?<=\p{L})(?=\p{N})/gu, ' ')
    .trim()
}

/** Of the files of which it is known what they should be, how many are right, and what is taken for what. */
export function tally(tested: readonly Tested[], labels: readonly string[]) {
  const known = tested.filter(({ expected }) => expected !== NOTHING)
  const hasNothing = known.some(({ heard }) => heard === NOTHING)
  const columns = hasNothing ? [...labels, NOTHING] : labels
  return {
    right: known.filter(({ expected, heard }) => expected === heard).length,
    of: known.length,
    labels: columns.map((label) => (label === NOTHING ? 'nothing' : label)),
    /** [expected][heard] */
    confusion: columns.map((row) =>
      columns.map((column) => known.filter((one) => one.expected === row && one.heard === column).length),
    ),
  }
}
