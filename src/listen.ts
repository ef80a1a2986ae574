import {
  contextOf,
  knowSource,
  type LiveContext,
  lifeOf,
  requireLive,
  type SourceChoice,
} from './audio/index.ts'
import { LeafError } from './error.ts'
import { type OptionNames, requireOptions } from './known-options.ts'
import type { Listener, ListenerOptions } from './listener/index.ts'
import { loadPart } from './load-part.ts'
import { unlessAborted } from './unless-aborted.ts'

export type {
  HeardEvent,
  HeardOnset,
  HeardScores,
  LabelScore,
  Listener,
  ListenerEvents,
  ListenerOptions,
} from './listener/index.ts'
export type { SourceChoice }

export interface ListenOptions extends ListenerOptions {
  /** The default microphone when left out. */
  source?: SourceChoice
}

const LISTENER_OPTIONS: OptionNames<ListenerOptions> = {
  model: true,
  heads: true,
  thresholds: true,
  labels: true,
  decoding: true,
  record: true,
  signal: true,
  context: true,
  AudioWorkletNode: true,
  backends: true,
  workletUrl: true,
  workerUrl: true,
  wasmPath: true,
  onProgress: true,
}

const LISTEN_OPTIONS: OptionNames<ListenOptions> = { source: true, ...LISTENER_OPTIONS }

/**
 * From sound to events in one line. Call it from a click or a key press: browsers start sound only then.
 * It resolves when the source is open; the classifier gets ready meanwhile and tells so with `backend` and `ready`. What
 * fails before it resolves, the classifier too, rejects it.
 * @throws LeafError of the source, the worklet, the model file or its heads, the classifier; `arguments` for an option that
 * is none, as a misspelt one, a source that is none, or a context that is closed meanwhile; `unsupported` where there is no
 * page. Nothing is left running then
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  requireReady('listen()', options, LISTEN_OPTIONS)
  const { source = 'microphone', ...others } = options
  const known = knowSource(source)
  const context = options.context ?? ((contextOf(known) ?? undefined) as LiveContext | undefined)
  const listener = await build({ ...others, context })
  await listener.open(source)
  return listener
}

/**
 * A listener without a source yet.
 * @throws LeafError of the worklet, the model file or its heads; `arguments` for an option that is none, or when the context
 * is closed; `unsupported` where there is no page. Nothing is left running then
 */
export async function createListener(options: ListenerOptions): Promise<Listener> {
  requireReady('createListener()', options, LISTENER_OPTIONS)
  const listener = await build(options)
  await listener.open()
  return listener
}

/** @throws LeafError `arguments`, `unsupported` */
function requireReady<Options extends ListenerOptions>(
  caller: string,
  options: Options,
  names: OptionNames<Options>,
): void {
  if (!options?.context) requirePage()
  if (options !== undefined) requireOptions(caller, options, names)
  if (options?.model !== undefined && options.model !== null) return
  throw new LeafError(
    'arguments',
    'There is no model to listen with.',
    "Pass the address or the bytes of a model file as `model`, for instance of the package's events.safetensors.",
  )
}

/** A listener whose classifier is getting ready, and that is still to be opened. */
async function build(options: ListenerOptions): Promise<Listener> {
  options.signal?.throwIfAborted()
  const context = (options.context ?? createContext()) as AudioContext
  const own = context !== options.context
  requireLive(context)
  const assembled = lifeOf(context).answer(async () => {
    const { assemble } = await loadPart(() => import('./listener/index.ts'))
    return assemble(context, own, options)
  })
  try {
    return await unlessAborted(options.signal, assembled)
  } catch (error) {
    // One that is whole too late.
    assembled.then(
      (late) => late.dispose(),
      () => {},
    )
    if (own && context.state !== 'closed') await context.close()
    throw error
  }
}

/** @throws LeafError `unsupported` where nothing can be heard: in Node, in a worker */
function requirePage(): void {
  if (typeof globalThis.AudioContext === 'function') return
  throw new LeafError(
    'unsupported',
    'There is no AudioContext here.',
    'Listen in the page of a browser, not in a worker or while a server renders; in Node use detectStream() of leaf-worklet/node, or the command line.',
  )
}

function createContext(): AudioContext {
  try {
    return new AudioContext()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause
    const remedy = 'Close contexts that are not needed any more, or pass one as `context`.'
    throw new LeafError('unsupported', `The browser makes no AudioContext: ${reason}`, remedy, { cause })
  }
}
