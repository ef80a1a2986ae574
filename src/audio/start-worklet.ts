import { type Remote, releaseProxy, wrap } from 'comlink'
import { LeafError } from '../error.ts'
import { Lifeline } from '../lifeline.ts'
import {
  type AnyContext,
  type AnyWorkletNode,
  lifeOf,
  requireOpen,
  type WorkletNodeClass,
} from './context.ts'

/** What every processor of the worklet answers. */
interface Control {
  /** Settles once the processor stands. @throws what its construction threw */
  ready(): void
  /** Lets the browser free the processor. */
  dispose(): void
}

/** A processor of the worklet as the main thread holds it: what it is asked, and its end. */
export class ProcessorHandle<Controls extends Control> {
  readonly node: AnyWorkletNode
  readonly #clock: AnyContext
  readonly #context: Lifeline
  readonly #control: Remote<Controls>
  readonly #life = new Lifeline()
  readonly #forget: () => void
  #ending: Promise<void> | null = null

  constructor(context: AnyContext, node: AnyWorkletNode) {
    this.node = node
    this.#clock = context
    this.#context = lifeOf(context)
    this.#control = wrap<Controls>(node.port)
    this.#forget = this.#context.whenOver((reason) => this.#life.end(reason))
  }

  /** What the audio thread answers between two blocks. @throws why it cannot: it broke, ended, or its context was closed */
  ask<Value>(question: (control: Remote<Controls>) => Promise<Value>): Promise<Awaited<Value>> {
    return this.#life.answer(() => question(this.#control))
  }

  /** It broke: nothing that is asked will be answered. */
  fail(reason: Error): void {
    this.#life.end(reason)
  }

  /**
   * Ends it, whatever is asked then is rejected.
   * @returns once the audio thread has let go of it, before which closing the context would leave it in memory
   */
  end(reason: Error): Promise<void> {
    this.#ending ??= this.#end(reason)
    return this.#ending
  }

  async #end(reason: Error): Promise<void> {
    // One that broke, or whose context was closed, answers no more, and needs not.
    const answers = this.#life.reason === null
    this.#life.end(reason)
    if (answers) {
      await Promise.race([this.#lettingGo(), new Promise((resolve) => setTimeout(resolve, LETTING_GO_MS))])
    }
    this.#forget()
    this.node.onprocessorerror = null
    this.#control[releaseProxy]()
    this.node.port.close()
  }

  async #lettingGo(): Promise<void> {
    const control = this.#control as Remote<Control>
    await this.#context.answer(() => control.dispose()).catch(() => {})
    await oneMoreBlock(this.#clock)
  }
}

/** How long an audio thread that stands still is waited for. */
const LETTING_GO_MS = 1000
/** Blocks of 128 samples that a device may ask for at once. */
const BLOCKS_AT_ONCE = 16
const LOOKS = 20

/**
 * Waits until a running context has played another block, in which the browser learns from process() that the processor
 * has ended. A context that rests or stands still is not waited for.
 */
async function oneMoreBlock(context: AnyContext & { readonly state?: string }): Promise<void> {
  const since = context.currentTime + (BLOCKS_AT_ONCE * 128) / context.sampleRate
  for (let look = 0; look < LOOKS && context.state === 'running' && context.currentTime < since; look++)
    await new Promise((resolve) => setTimeout(resolve, 5))
}

/**
 * A node of one of the worklet's processors, once its processor stands. No output: the browser runs such a node wherever
 * the sound goes on to, even nowhere.
 * @param Class the browser's when undefined
 * @throws LeafError `worklet-failed`, `arguments` when the context is closed
 */
export async function startWorklet<Controls extends Control>(
  Class: WorkletNodeClass = globalThis.AudioWorkletNode,
  context: AnyContext,
  name: string,
  processorOptions: object,
): Promise<ProcessorHandle<Controls>> {
  requireOpen(context)
  const processor = new ProcessorHandle<Controls>(context, construct(Class, context, name, processorOptions))
  const broken = new Promise<never>((_, reject) => {
    processor.node.onprocessorerror = () => reject(new Error('The processor threw.'))
  })
  try {
    await processor.ask((control) => Promise.race([(control as Remote<Control>).ready(), broken]))
  } catch (cause) {
    if (cause instanceof LeafError) throw cause
    throw refused(cause)
  }
  return processor
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
