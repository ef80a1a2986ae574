import type { LeafNodeOptions, LiveContext } from '../audio/index.ts'
import type { ClassifierOptions } from '../classifier/index.ts'
import type { DecodingOptions } from '../events/index.ts'

export interface ListenerOptions
  extends LeafNodeOptions,
    DecodingOptions,
    Pick<ClassifierOptions, 'model' | 'heads' | 'backends' | 'workerUrl' | 'wasmPath'> {
  /** The context to work in. When left out one is made, and closed with the listener. */
  context?: LiveContext
  /** Ends the listener when it aborts, while it starts too: listen() is rejected with the signal's reason then. */
  signal?: AbortSignal
  /**
   * Seconds of sound to remember, above 0 and at most 600, so that `event.detail.audio()` gives the sound of an event: 4
   * bytes a sample. Nothing is remembered when left out.
   */
  record?: number
}
