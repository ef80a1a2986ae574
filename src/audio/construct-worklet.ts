import { LeafError } from '../error.ts'
import type { AnyContext, AnyWorkletNode, WorkletNodeClass } from './context.ts'

/**
 * A node of one of the worklet's processors. No output: the browser runs such a node wherever the sound goes on to,
 * even nowhere.
 * @param Class the browser's when left out
 * @throws LeafError `worklet-failed`
 */
export function constructWorklet(
  Class: WorkletNodeClass = globalThis.AudioWorkletNode,
  context: AnyContext,
  name: string,
  processorOptions: object,
): AnyWorkletNode {
  try {
    return new Class(context, name, {
      numberOfInputs: 1,
      numberOfOutputs: 0,
      channelCountMode: 'max',
      processorOptions,
    })
  } catch (cause) {
    throw new LeafError(
      'worklet-failed',
      `The audio worklet node could not be made: ${cause instanceof Error ? cause.message : cause}`,
      'Pass the AudioWorkletNode of the library that made the context, a context that is not closed, and as workletUrl nothing but leaf.worklet.js.',
      { cause },
    )
  }
}
