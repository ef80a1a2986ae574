/** Where an error comes from; an application can branch on it without reading the sentence. */
export type LeafErrorCode =
  | 'description'
  | 'arguments'
  | 'model-file'
  | 'audio-file'
  | 'data-folder'
  | 'training'
  | 'storage'
  | 'worklet-load'
  | 'worklet-failed'
  | 'classifier'
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'insecure-page'
  | 'unsupported'
  | 'library-load'

/**
 * The one error family of the library: a code to branch on, a sentence that names the thing,
 * and what to do about it. Thrown at the borders only, never on the audio thread's path.
 */
export class LeafError extends Error {
  readonly code: LeafErrorCode
  /** What is wrong, one sentence. */
  readonly sentence: string
  /** What the reader can do about it, one sentence. */
  readonly remedy: string

  constructor(code: LeafErrorCode, sentence: string, remedy: string, options?: ErrorOptions) {
    super(`${sentence} ${remedy}`, options)
    this.name = 'LeafError'
    this.code = code
    this.sentence = sentence
    this.remedy = remedy
  }
}
