import { LeafError } from '../error.ts'
import { tagOf } from '../tag-of.ts'
import { contextOfElement } from './element-context.ts'
import { type MicrophoneOptions, requireMicrophoneOptions } from './microphone-options.ts'

/**
 * What can be listened to:
 * - `'microphone'`, or options of one: its `deviceId`, `constraints` of its track
 * - a MediaStream: a call, a tab
 * - an `<audio>` or `<video>` element, which the page plays
 * - a node of an audio graph
 * - an AudioBuffer, a Blob or File, an address as URL or text: a clip, which is played and heard
 *
 * Every text but `'microphone'` is an address, and may be relative to the page.
 */
export type SourceChoice =
  | 'microphone'
  | MicrophoneOptions
  | MediaStream
  | HTMLMediaElement
  | AudioNode
  | AudioBuffer
  | Blob
  | URL
  | (string & {})

/** A choice, told apart by what it is. */
export type KnownChoice =
  | { readonly kind: 'microphone'; readonly of: MicrophoneOptions }
  | { readonly kind: 'stream'; readonly of: MediaStream }
  | { readonly kind: 'element'; readonly of: HTMLMediaElement }
  | { readonly kind: 'node'; readonly of: AudioNode }
  | { readonly kind: 'buffer'; readonly of: AudioBuffer }
  | { readonly kind: 'file'; readonly of: Blob | URL }

/**
 * Tells what a choice is; opens nothing.
 * @throws LeafError `arguments` for what is none
 */
export function knowSource(choice: unknown): KnownChoice {
  if (choice === 'microphone') return { kind: 'microphone', of: {} }
  if (typeof choice === 'string') return { kind: 'file', of: addressOf(choice) }
  if (typeof choice !== 'object' || choice === null) throw unknown(choice)
  if (isNode(choice)) return { kind: 'node', of: choice }
  // By their tags, not by their classes: those of a frame of the page are others.
  const tag = tagOf(choice)
  if (tag.endsWith('MediaStream')) return { kind: 'stream', of: choice as MediaStream }
  if (tag === 'HTMLAudioElement' || tag === 'HTMLVideoElement')
    return { kind: 'element', of: choice as HTMLMediaElement }
  if (tag === 'AudioBuffer') return { kind: 'buffer', of: choice as AudioBuffer }
  if (tag === 'Blob' || tag === 'File' || tag === 'URL') return { kind: 'file', of: choice as Blob | URL }
  if (tag !== 'Object') throw unknown(choice)
  requireMicrophoneOptions(choice)
  return { kind: 'microphone', of: choice }
}

/** The context a source has to be heard in, where it is bound to one. */
export function contextOf(choice: KnownChoice): BaseAudioContext | null {
  if (choice.kind === 'node') return choice.of.context
  if (choice.kind === 'element') return contextOfElement(choice.of)
  return null
}

function addressOf(text: string): URL {
  try {
    if (text.trim() !== '') return new URL(text, globalThis.document?.baseURI)
  } catch {}
  throw new LeafError(
    'arguments',
    `The source ${JSON.stringify(text)} is no address.`,
    "Use 'microphone', or the address of a sound file.",
  )
}

/** Of the browser, or of a library that wraps its nodes. */
function isNode(choice: object): choice is AudioNode {
  return 'connect' in choice && typeof choice.connect === 'function' && 'context' in choice
}

function unknown(choice: unknown): LeafError {
  const name = typeof choice === 'object' && choice !== null ? tagOf(choice) : String(choice)
  return new LeafError(
    'arguments',
    `Nothing can be heard of this source (${name}).`,
    "Use 'microphone', options of one, a MediaStream, an audio or video element, an AudioNode, an AudioBuffer, a Blob, or an address.",
  )
}
