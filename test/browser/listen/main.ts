import { createLeafNode } from '../../../src/audio/index.ts'
import { Classifier } from '../../../src/classifier/index.ts'
import { detect } from '../../../src/detection/index.ts'
import type { LeafError } from '../../../src/error.ts'
import { createListener, type Listener, listen } from '../../../src/listen.ts'
import { readModel } from '../../../src/model/index.ts'
import { withRoomAround } from '../../../src/offline/quiet-room.ts'

const contexts: AudioContext[] = []
window.AudioContext = class extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options)
    contexts.push(this)
  }
}

/** Constraints of every microphone that was asked for, and its tracks. */
const captures: MediaStreamConstraints[] = []
const tracks: MediaStreamTrack[] = []
const { mediaDevices } = navigator
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices)
mediaDevices.getUserMedia = async (constraints) => {
  captures.push(constraints!)
  const stream = await getUserMedia(constraints)
  tracks.push(...stream.getTracks())
  return stream
}

/** Rejections that nobody handled. */
const unhandled: string[] = []
window.addEventListener('unhandledrejection', ({ reason }) => unhandled.push(String(reason)))

/** What a promise was rejected with, as plain data; null where it was not. */
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    ({ name, code, message }: LeafError) => ({ name, code, message }),
  )

/** Resolves when a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** What the tests call in the page. */
const page = {
  Classifier,
  captures,
  createLeafNode,
  detect,
  readModel,
  withRoomAround,
  createListener,
  listen,
  refusal,
  tracks,
  unhandled,
  until,
  /** Every context made so far. */
  contexts,
  AudioContext: window.AudioContext,
  /** The details of the next event of a name. */
  next: (target: EventTarget, name: string) =>
    new Promise<unknown>((resolve) => {
      target.addEventListener(name, (event) => resolve((event as CustomEvent).detail), { once: true })
    }),
  /** The next beep that begins or ends. */
  beep: (listener: Listener, name: 'onset' | 'event') =>
    new Promise<unknown>((resolve) => {
      listener.addEventListener(name, ({ detail }) => {
        if (detail.label === 'beep') resolve(detail)
      })
    }),
}

export type ListenPage = typeof page

declare global {
  interface Window {
    page: ListenPage
  }
}

window.page = page
