import { isBackground } from '../examples/index.ts'

/** Examples of a class from which on it can be trained, and from which on it goes well. */
const [LEAST, GOOD] = [2, 10]

/** A class, and how many examples it has. */
export interface Filled {
  readonly name: string
  readonly examples: number
}

const isShort = ({ examples }: Filled) => examples < LEAST

/** What it would learn: the room is learned where it was recorded. */
export const learned = (classes: readonly Filled[]) =>
  classes.filter(({ name, examples }) => examples > 0 || !isBackground(name))

/** What has to be given before it can be trained, '' for nothing. */
export function lackOf(classes: readonly Filled[]): string {
  const wanted = learned(classes)
  if (classes.length < 2) return 'Waits for a second sound.'
  if (wanted.length < 2) return 'Waits for a second sound, or for the room.'
  const names = wanted.filter(isShort).map(({ name }) => name)
  return names.length > 0 ? `Waits for ${LEAST} examples each of: ${names.join(', ')}.` : ''
}

/** What to do next. */
export function advice(classes: readonly Filled[]): string {
  if (classes.length < 2)
    return 'Name the sounds it shall learn, two or more. The background, your room without them, keeps it from crying wolf.'
  const wanted = learned(classes)
  const short = wanted.filter(isShort)
  if (short.length > 0) {
    const [{ name }] = short
    return isBackground(name)
      ? 'Press Record the room and let it be: every second becomes an example.'
      : `Press Record at ${name} and make the sound several times, with a pause between: every time becomes an example.`
  }
  if (!wanted.some(({ name }) => isBackground(name)))
    return 'Enough to try. Record the room too, and it learns what is none of them.'
  const few = wanted.filter(({ examples }) => examples < GOOD)
  if (few.length > 0)
    return `Enough to try. It gets better with ${GOOD} or more examples each: ${few.map(({ name }) => name).join(', ')}.`
  return 'Enough of each. Train below; more examples from other places and distances make it sturdier.'
}
