import { LeafError } from './error.ts'
import { tagOf } from './tag-of.ts'

/** The names of all options of a kind; whoever adds one to the type is told here. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/**
 * What JavaScript can pass, checked before anything is started: a misspelt option would change nothing, and nobody say so.
 * @param caller begins the sentence: "listen()"
 * @throws LeafError `arguments` for what are no options, for one that is not known, a `signal` or an `onProgress` that is none
 */
export function requireOptions<Options extends object>(
  caller: string,
  options: Options,
  names: OptionNames<Options>,
): void {
  if (typeof options !== 'object' || options === null)
    throw new LeafError(
      'arguments',
      `${caller} has no options (${typeof options === 'object' ? options : typeof options}).`,
      `Pass an object with some of ${Object.keys(names).join(', ')}.`,
    )
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name))
  if (unknown !== undefined)
    throw new LeafError(
      'arguments',
      `${caller} has no option "${unknown}".`,
      `Check its spelling: there are ${Object.keys(names).join(', ')}.`,
    )
  const { signal, onProgress } = options as { signal?: unknown; onProgress?: unknown }
  requireSignal(signal)
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new LeafError(
      'arguments',
      'onProgress is no function.',
      'Pass a function of a number, or leave it out.',
    )
}

/** @throws LeafError `arguments` */
function requireSignal(signal: unknown): void {
  if (signal === undefined || tagOf(signal) === 'AbortSignal') return
  throw new LeafError(
    'arguments',
    `The signal is no AbortSignal (${tagOf(signal)}).`,
    "Pass the controller's `signal`, or AbortSignal.timeout().",
  )
}
