// What a page may never need: fetched when it is.

import type { FrontendDescription } from '../frontend/index.ts'
import { loadPart } from '../load-part.ts'
import type { AnyContext } from './context.ts'
import type { FileSource } from './file-source.ts'
import type { LeafNode, LeafNodeOptions } from './leaf-node.ts'
import type { Microphone } from './microphone.ts'
import type { MicrophoneOptions } from './microphone-options.ts'
import type { Recorder, RecorderChoice } from './recorder.ts'
import type { LiveContext } from './source.ts'

/**
 * Reads a whole audio file and decodes it with the browser's own decoder, at the context's sample rate.
 * The decoded clip stays in memory, 4 bytes a sample and channel: meant for clips, not for hours.
 * @param file from a file input or a drop, any Blob, or an address
 * @throws LeafError `audio-file`, naming the file
 */
export async function openFile(context: LiveContext, file: Blob | URL | string): Promise<FileSource> {
  const part = await loadPart(() => import('./file-source.ts'))
  return part.openFile(context, file)
}

/**
 * Opens a microphone with all of the browser's processing off, and resumes the context if it is suspended.
 * Call it from a click or a key press: browsers start sound only then.
 * @throws LeafError `insecure-page`, `microphone-denied`, `microphone-missing`, `microphone-busy`;
 * `arguments` for options that are none, or when the context is closed or its sample rate cannot take this microphone
 */
export async function openMicrophone(context: LiveContext, options?: MicrophoneOptions): Promise<Microphone> {
  const part = await loadPart(() => import('./microphone.ts'))
  return part.openMicrophone(context, options)
}

/**
 * Remembers the last seconds of a sound from now on, in memory of 4 bytes a sample: 6 MB for 30 s at 48 kHz. Main thread.
 * @throws LeafError `arguments` for a length out of range or an option that is none, `worklet-load`, `worklet-failed` or `insecure-page` where the
 * browser refuses
 */
export async function createRecorder<Context extends AnyContext>(
  context: Context,
  choice?: RecorderChoice,
): Promise<Recorder<ReturnType<Context['createGain']>>> {
  const part = await loadPart(() => import('./recorder.ts'))
  return part.createRecorder(context, choice)
}

/**
 * Puts a frontend on the audio thread of a context. Main thread; the plan is compiled in a worker.
 * @throws LeafError `description` for a bad frontend, one that cannot run live or takes too long to compile; `worklet-load`, `worklet-failed` or `insecure-page`
 * where the browser refuses, `arguments` for an option that is none, a sample rate out of range or a closed context, `library-load`
 */
export async function createLeafNode<Context extends AnyContext>(
  context: Context,
  frontend: FrontendDescription,
  options?: LeafNodeOptions,
): Promise<LeafNode<ReturnType<Context['createGain']>>> {
  const part = await loadPart(() => import('./leaf-node.ts'))
  return part.createLeafNode(context, frontend, options)
}
