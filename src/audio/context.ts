/** What the library needs of an audio context; the browser's and standardized-audio-context's all have it. */
export interface AnyContext {
  readonly sampleRate: number
  readonly currentTime: number
  readonly audioWorklet?: { addModule(url: string): Promise<void> }
  // biome-ignore lint/suspicious/noExplicitAny: each library has a gain node of its own type
  createGain(): any
}

/** What the library needs of a worklet node. */
export interface AnyWorkletNode {
  readonly port: MessagePort
  // biome-ignore lint/suspicious/noExplicitAny: the two libraries disagree on the event's and on `this` type
  onprocessorerror: any
}

/** The class AudioWorkletNode of the browser or of the library that made the context. */
export type WorkletNodeClass = new (
  // biome-ignore lint/suspicious/noExplicitAny: each class takes contexts of its own library
  context: any,
  name: string,
  options: AudioWorkletNodeOptions,
) => AnyWorkletNode
