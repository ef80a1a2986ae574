import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../../../src/gradient/index.ts'
import type { HeadPlace } from '../../../../src/model/index.ts'
import type { MeasureRecord } from '../design/run-record.ts'
import type { TaskClip } from './task-clips.ts'
import type { TestSounds } from './test-windows.ts'

export interface ExaminerParts {
  readonly frontend: BatchFrontend
  /** Its output are logits. */
  readonly model: Sequential
  readonly sounds: TestSounds
  /** Frame at which the model's window begins. */
  readonly firstFrame: number
}

const BATCH = 64

/** Asks a frontend and a model about clips. */
export class Examiner {
  readonly #parts: ExaminerParts

  constructor(parts: ExaminerParts) {
    this.#parts = parts
  }

  measure(clips: readonly TaskClip[], head: HeadPlace, gainDb: number): MeasureRecord {
    return measured(this.logits(clips, head, gainDb), clips)
  }

  /** Of each clip the logits of a head, the mean over its windows. @param gainDb by which clips are turned up */
  logits(clips: readonly TaskClip[], { start, end }: HeadPlace, gainDb: number): Float32Array[] {
    const labels = end - start
    const logits = clips.map(() => new Float32Array(labels))
    let waiting: { sound: Float32Array; clip: number; share: number }[] = []
    const settle = () => {
      const values = this.#outputs(waiting.map(({ sound }) => sound))
      const all = values.length / waiting.length
      waiting.forEach(({ clip, share }, i) => {
        for (let label = 0; label < labels; label++)
          logits[clip][label] += share * values[i * all + start + label]
      })
      waiting = []
    }
    clips.forEach((clip, i) => {
      const windows = this.#parts.sounds.windows(clip, i, gainDb)
      for (const sound of windows) {
        waiting.push({ sound, clip: i, share: 1 / windows.length })
        if (waiting.length === BATCH) settle()
      }
    })
    if (waiting.length > 0) settle()
    return logits
  }

  /** What the model sees of sounds of a window's length: [sounds, windowFrames, channels]. */
  features(sounds: readonly Float32Array[]): Float32Array {
    const { frontend, firstFrame } = this.#parts
    const length = this.#window[0] * this.#window[1]
    const features = frontend.forward(sounds)
    const windows = new Float32Array(sounds.length * length)
    sounds.forEach((_, i) => {
      const start = (i * frontend.frames + firstFrame) * frontend.channels
      windows.set(features.subarray(start, start + length), i * length)
    })
    return windows
  }

  get #window(): number[] {
    return this.#parts.model.inputs[0].shape.slice(1) as number[]
  }

  /** [sounds, labels of all heads], before the softmax. */
  #outputs(sounds: readonly Float32Array[]): Float32Array {
    const windows = this.features(sounds)
    return tidy(() => {
      const input = tensor(windows, [sounds.length, ...this.#window])
      return (this.#parts.model.predictOnBatch(input) as Tensor).dataSync() as Float32Array
    })
  }
}

/** Whether the highest logit is the label's. */
export function isRight(logits: Float32Array, label: number): boolean {
  return logits[label] === Math.max(...logits)
}

/** Accuracy: share of the clips whose highest logit is their label's. Cross entropy: mean over clips, in nats. */
export function measured(logits: readonly Float32Array[], clips: readonly TaskClip[]): MeasureRecord {
  const right = clips.filter(({ label }, i) => isRight(logits[i], label)).length
  const entropies = clips.map(({ label }, i) => logarithmOfSum(logits[i]) - logits[i][label])
  return { accuracy: right / clips.length, crossEntropy: meanOf(entropies) }
}

/** The mean over tasks of what was measured on each. */
export function averaged(records: readonly MeasureRecord[]): MeasureRecord {
  return {
    accuracy: meanOf(records.map(({ accuracy }) => accuracy)),
    crossEntropy: meanOf(records.map(({ crossEntropy }) => crossEntropy)),
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function logarithmOfSum(logits: Float32Array): number {
  const highest = Math.max(...logits)
  return highest + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - highest), 0))
}
