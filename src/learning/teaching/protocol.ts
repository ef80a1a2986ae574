import type { Answer } from '../../answer.ts'
import type { BackendName } from '../../inference/index.ts'
import type { RoomOptions } from './adapt.ts'
import type { Adapted, AdaptingProgress } from './adapted.ts'
import type { LabelledSound } from './labelled-sound.ts'
import type { TeachingProgress } from './progress.ts'
import type { Taught } from './taught.ts'
import type { TeachOptions } from './teach-options.ts'

/** Backends that can train. */
export type TrainingBackend = Exclude<BackendName, 'cpu'>

export interface TeachingRequest extends TeachOptions {
  /** Model file. */
  readonly base: Uint8Array
  readonly backends: readonly TrainingBackend[] | undefined
  readonly wasmPath: string | undefined
}

export interface AdaptingRequest extends RoomOptions {
  /** Model file. */
  readonly model: Uint8Array
  readonly wasmPath: string | undefined
}

/** Worker interface, through comlink; a worker runs one job. */
export interface TeachingWorker {
  /** Adds training sounds; called in chunks to keep messages short. */
  addSounds(sounds: readonly LabelledSound[]): void
  /** Trains on the sounds added. @returns null if stopped before anything was trained */
  train(
    request: TeachingRequest,
    onProgress: (progress: TeachingProgress) => void,
  ): Promise<Answer<Taught | null>>
  /** Adapts to a room with the sounds added. @returns null if stopped early */
  adapt(
    request: AdaptingRequest,
    onProgress: (progress: AdaptingProgress) => void,
  ): Promise<Answer<Adapted | null>>
  /** Ends the job after the current step. */
  stop(): void
}
