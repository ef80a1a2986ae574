import { type Remote, wrap } from 'comlink'
import { LeafError } from '../error.ts'
import type { AnyContext, AnyWorkletNode, WorkletNodeClass } from './context.ts'

/** What every processor of the worklet answers. */
interface Startable {
  /** Settles once the processor stands. @throws what its construction threw */
  ready(): void
}

export interface StartedWorklet<Control> {
  readonly worklet: AnyWorkletNode
  readonly control: Remote<Control>
}

/**
 * A node of one of the worklet's processors, once its processor stands. No output: the browser runs such a node wherever
 * the sound goes on to, even nowhere.
 * @param Class the browser's when undefined
 * @throws LeafError `worklet-failed`
 */
export async function startWorklet<Control extends Startable>(
  Class: WorkletNodeClass = globalThis.AudioWorkletNode,
  context: AnyContext,
  name: string,
  processorOptions: object,
): Promise<StartedWorklet<Control>> {
  const worklet = construct(Class, context, name, processorOptions)
  const control = wrap<Control>(worklet.port)
  const broken = new Promise<never>((_, reject) => {
    worklet.onprocessorerror = () => reject(new Error('The processor threw.'))
  })
  try {
    await Promise.race([(control as Remote<Startable>).ready(), broken])
  } catch (cause) {
    throw refused(cause)
  }
  return { worklet, control }
}

function construct(
  Class: WorkletNodeClass,
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
      `The audio worklet node could not be made: ${messageOf(cause)}`,
      'Pass the AudioWorkletNode of the library that made the context, a context that is not closed, and as workletUrl nothing but leaf.worklet.js.',
      { cause },
    )
  }
}

function refused(cause: unknown): LeafError {
  const reason = messageOf(cause)
  const remedy = /Content Security Policy|CSP|unsafe-eval/i.test(reason)
    ? "Add 'wasm-unsafe-eval' to script-src of the page's Content-Security-Policy."
    : 'Use a browser with WebAssembly SIMD.'
  return new LeafError('worklet-failed', `The audio worklet could not start: ${reason}`, remedy, { cause })
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
