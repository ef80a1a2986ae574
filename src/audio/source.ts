import type { LeafError } from '../error.ts'
import type { AnyContext } from './context.ts'

/**
 * A context that plays in real time: the browser's own, or of a library that has its methods (standardized-audio-context,
 * Tone's `rawContext`). Pass that library's AudioWorkletNode beside it.
 */
export interface LiveContext extends AnyContext {
  readonly state: string
  // biome-ignore lint/suspicious/noExplicitAny: each library has nodes of its own type
  readonly destination: any
}

/** What every source of sound shows to the rest of a page: a node to connect from, and one way to end it. */
export interface AudioSource {
  /** Connect this to whatever should hear the source. It stays the same node for the source's whole life. */
  readonly output: AudioNode
  /** Ends the source for good: frees what it holds and disconnects it. Calling it again does nothing. */
  stop(): void
}

/** Events of a source that can come to an end by itself. */
export interface SourceEvents {
  /** It came to its end; `error` says how if it was not a good one. */
  ended: { readonly error: LeafError | null }
}
