import type { FrontendDescription } from '../../frontend/index.ts'
import type { Measure } from './progress.ts'

/** Accuracy and loss, and which sounds were classified correctly. */
export interface SoundsMeasure extends Measure {
  /** Per sound, whether the top score is the true class; the order is the same in every measurement of a run. */
  readonly right: readonly boolean[]
}

/** Held-out sounds with and without the room's noise; the classifier, not PCEN, may have been trained on them before. */
export interface InRoomAndQuiet {
  readonly inRoom: SoundsMeasure
  readonly inQuiet: SoundsMeasure
}

/** Result of adapting a model to a room. */
export interface Adapted {
  /** Model file; its classifier is bit-identical to the input model's. */
  readonly model: Uint8Array
  /** Frontend of that file: new PCEN, unchanged filters and pooling. */
  readonly frontend: FrontendDescription
  readonly before: InRoomAndQuiet
  readonly after: InRoomAndQuiet
  /** Number of sounds measured. */
  readonly measured: number
  /** Number of sounds trained on and their total duration. */
  readonly learned: { readonly sounds: number; readonly seconds: number }
  /** SNR in dB: RMS of the loudest quarter second of the median sound over RMS of the noise. */
  readonly snr: number
  /** Duration of the run. */
  readonly seconds: number
}

/** Progress of adapting: measuring, training steps, measuring again. */
export type AdaptingProgress =
  | { readonly stage: 'measuring'; readonly done: number; readonly of: number }
  | {
      readonly stage: 'adapting'
      readonly step: number
      readonly steps: number
      /** Cross entropy on the training sounds, nats. */
      readonly loss: number
    }
