import type { Answer } from '../../answer.ts'
import type { BackendName } from '../../inference/index.ts'
import type { RoomOptions } from './adapt.ts'
import type { Adapted, AdaptingProgress } from './adapted.ts'
import type { LabelledSound } from './labelled-sound.ts'
import type { TeachingProgress } from './progress.ts'
import type { Taught } from './taught.ts'
import type { TeachOptions } from './teach-options.ts'

/** A backend that can train. */
export type TrainingBackend = Exclude<BackendName, 'cpu'>

export interface TeachingRequest extends TeachOptions {
  /** A model file. */
  readonly base: Uint8Array
  readonly backends: readonly TrainingBackend[] | undefined
  readonly wasmPath: string | undefined
}

export interface AdaptingRequest extends RoomOptions {
  /** A model file. */
  readonly model: Uint8Array
  readonly wasmPath: string | undefined
}

/** What the worker does for its client, through comlink: one job in the life of a worker. */
export interface TeachingWorker {
  /** Takes over some of the sounds to learn from; they come in parts, so that no message is long. */
  give(sounds: readonly LabelledSound[]): void
  /** Learns from the sounds given. @returns null when it was stopped before anything was learned */
  train(
    request: TeachingRequest,
    onProgress: (progress: TeachingProgress) => void,
  ): Promise<Answer<Taught | null>>
  /** Adapts to a room with the sounds given. @returns null when it was stopped before its end */
  adapt(
    request: AdaptingRequest,
    onProgress: (progress: AdaptingProgress) => void,
  ): Promise<Answer<Adapted | null>>
  /** Makes the present step the last one. */
  stop(): void
}
