import { LeafError } from '../error.ts'
import type { AudioSource } from './source.ts'

/**
 * Any AudioNode as a source, for instance an instrument of the page's own graph.
 * stop() cuts this source only; the node keeps its other connections.
 * @throws LeafError `arguments` for a node without an output
 */
export function nodeSource(node: AudioNode): AudioSource {
  const output = node.context.createGain()
  try {
    node.connect(output)
  } catch (cause) {
    throw new LeafError('arguments', 'The AudioNode has no output.', 'Pass the node before it.', { cause })
  }
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
