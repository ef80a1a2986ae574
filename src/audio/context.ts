import { LeafError } from '../error.ts'
import { Lifeline } from '../lifeline.ts'
import { tagOf } from '../tag-of.ts'

/** What the library needs of an audio context; the browser's and standardized-audio-context's all have it. */
export interface AnyContext {
  readonly sampleRate: number
  readonly currentTime: number
  readonly audioWorklet?: {
    /** Loads a script onto the audio thread. */
    addModule(url: string): Promise<void>
  }
  /** The node behind which every source is connected. */
  // biome-ignore lint/suspicious/noExplicitAny: each library has a gain node of its own type
  createGain(): any
}

/** What the library needs of a worklet node. */
export interface AnyWorkletNode {
  readonly port: MessagePort
  // biome-ignore lint/suspicious/noExplicitAny: the two libraries disagree on the event's and on `this` type
  onprocessorerror: any
}

/** The class AudioWorkletNode of the browser or of the library that made the context. */
export type WorkletNodeClass = new (
  // biome-ignore lint/suspicious/noExplicitAny: each class takes contexts of its own library
  context: any,
  name: string,
  options: AudioWorkletNodeOptions,
) => AnyWorkletNode

const lifelines = new WeakMap<object, Lifeline>()

/**
 * The life of a context, which ends when it is closed: what is asked of its audio thread is never answered then. One that
 * renders offline is closed at its end, and answers all the same: it has no end here.
 */
export function lifeOf(context: AnyContext): Lifeline {
  const known = lifelines.get(context)
  if (known) return known
  const life = new Lifeline()
  lifelines.set(context, life)
  const native = context as AudioContext
  if ('close' in native) {
    const look = () => {
      if (native.state === 'closed') life.end(closedContext())
    }
    native.addEventListener('statechange', look)
    look()
  }
  return life
}

/** @throws LeafError `arguments` when the context is closed */
export function requireOpen(context: AnyContext): void {
  if ((context as Partial<AudioContext>).state === 'closed') throw closedContext()
}

/** What is wrong where a context was closed, by whomever. */
export function closedContext(): LeafError {
  return new LeafError(
    'arguments',
    'The AudioContext was closed.',
    'Create a new one, and anew whatever worked in it.',
  )
}

/** @throws LeafError `arguments` for what is no context of the browser or of standardized-audio-context */
export function requireContext(context: unknown): void {
  const { createGain, rawContext } = (context ?? {}) as { createGain?: unknown; rawContext?: unknown }
  if (rawContext !== undefined)
    throw new LeafError('arguments', 'This context wraps another one.', 'Pass its `rawContext`.')
  if (typeof createGain !== 'function')
    throw new LeafError(
      'arguments',
      `The context is no AudioContext (${tagOf(context)}).`,
      'Pass an AudioContext, of the browser or of standardized-audio-context, or none.',
    )
}

/** @throws LeafError `arguments` for what is no context, or one that renders offline: there is nothing to listen to as it comes */
export function requireLive(context: AnyContext): void {
  requireContext(context)
  if (!('startRendering' in context)) return
  throw new LeafError(
    'arguments',
    'An OfflineAudioContext cannot be listened in.',
    'Use detect() for sound that is there already, or createLeafNode() for its features.',
  )
}
