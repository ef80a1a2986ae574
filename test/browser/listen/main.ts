import { type Listener, listen } from '../../../src/listen.ts'

const contexts: AudioContext[] = []
window.AudioContext = class extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options)
    contexts.push(this)
  }
}

/** What the tests call in the page. */
const page = {
  listen,
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
