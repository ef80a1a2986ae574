import type { FrontendDescription } from '../../frontend/index.ts'
import type { Measure } from './progress.ts'

/** How well sounds are told apart, and which of them. */
export interface SoundsMeasure extends Measure {
  /** One a sound, in the same order wherever the same sounds are measured: whether its highest score is its class's. */
  readonly right: readonly boolean[]
}

/**
 * The same sounds, with the room's noise under them and without: PCEN learned nothing of them here, the classifier may
 * have when it was taught.
 */
export interface InRoomAndQuiet {
  readonly inRoom: SoundsMeasure
  readonly inQuiet: SoundsMeasure
}

/** What became of a model in a room. */
export interface Adapted {
  /** A model file: the classifier is that of the model given, bit for bit. */
  readonly model: Uint8Array
  /** With PCEN as in the model file; filters and pooling are those of the model given. */
  readonly frontend: FrontendDescription
  readonly before: InRoomAndQuiet
  readonly after: InRoomAndQuiet
  /** Sounds measured. */
  readonly measured: number
  /** Sounds learned from, and how long they are together. */
  readonly learned: { readonly sounds: number; readonly seconds: number }
  /** dB by which the loudest quarter second of the middle one of the sounds is above the room, root mean squares both. */
  readonly snr: number
  readonly seconds: number
}

/** How adapting goes: sounds measured, then steps, then sounds measured again. */
export type AdaptingProgress =
  | { readonly stage: 'measuring'; readonly done: number; readonly of: number }
  | {
      readonly stage: 'adapting'
      readonly step: number
      readonly steps: number
      /** Nats, on the sounds learned from. */
      readonly loss: number
    }
