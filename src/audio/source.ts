import type { IAudioContext } from 'standardized-audio-context'

/** A context that plays in real time: the browser's own or one of standardized-audio-context. */
export type LiveContext = AudioContext | IAudioContext

/** What every source of sound shows to the rest of a page: a node to connect from, and one way to end it. */
export interface AudioSource {
  /** Connect this to whatever should hear the source. It stays the same node for the source's whole life. */
  readonly output: AudioNode
  /** Ends the source for good: frees what it holds and disconnects it. Calling it again does nothing. */
  stop(): void
}

/**
 * Any AudioNode as a source, for instance an instrument of the page's own graph.
 * stop() cuts this source only; the node keeps its other connections.
 */
export function nodeSource(node: AudioNode): AudioSource {
  const output = node.context.createGain()
  node.connect(output)
  let stopped = false
  return {
    output,
    stop() {
      if (stopped) return
      stopped = true
      node.disconnect(output)
      output.disconnect()
    },
  }
}
