import type { Analysis } from './analysis/index.ts'
import type { Compressor } from './compressor.ts'
import type { Kernel } from './kernel.ts'
import type { SampleHistory } from './sample-history.ts'

/** Receives a frame. `values` is a view of the kernel's memory, valid during the call only. */
export type FrameSink = (index: number, values: Float32Array) => void

/** Samples of silence appended at once behind a signal's end. */
const SILENCE = 2048

/**
 * Computes a stream's frames, one after the other, as soon as the history holds their samples. Any thread; allocates
 * when made and in `bind` only.
 */
export class FrameEmitter {
  readonly #kernel: Kernel
  readonly #analysis: Analysis
  readonly #compressor: Compressor
  readonly #history: SampleHistory
  readonly #channels: number
  /** View of the compressor's output. */
  #frame!: Float32Array
  #next: number

  /** @param next index of the first frame to come. */
  constructor(
    kernel: Kernel,
    analysis: Analysis,
    compressor: Compressor,
    history: SampleHistory,
    channels: number,
    next: number,
  ) {
    this.#kernel = kernel
    this.#analysis = analysis
    this.#compressor = compressor
    this.#history = history
    this.#channels = channels
    this.#next = next
    this.bind()
  }

  /** Index of the next frame. */
  get next(): number {
    return this.#next
  }

  /** Makes the views of the memory anew, after the memory has grown. */
  bind(): void {
    this.#compressor.bind()
    this.#frame = new Float32Array(this.#kernel.memory.buffer, this.#compressor.output, this.#channels)
    this.#compressor.bind()
  }

  /** Emits the frames before `limit` that have become final. Allocates nothing. */
  emitReady(limit: number, emit: FrameSink): void {
    while (this.#next < limit) {
      const newest = this.#analysis.newestSample(this.#next)
      if (newest >= this.#history.end) return
      const frames = this.#analysis.compute(this.#next, this.#history.address(newest))
      for (let i = 0; i < frames && this.#next < limit; i++) {
        this.#compressor.apply(this.#analysis.energies[i])
        emit(this.#next, this.#frame)
        this.#next++
      }
    }
  }

  /** Emits all frames before `limit`, with silence for the samples that the stream does not have. Allocates nothing. */
  emitAll(limit: number, emit: FrameSink): void {
    while (this.#next < limit) {
      const missing = this.#analysis.newestSample(this.#next) + 1 - this.#history.end
      if (missing > 0) this.#history.appendSilence(Math.min(missing, SILENCE))
      this.emitReady(limit, emit)
    }
  }

  /** Frame 0 comes next, the first of another stream. */
  reset(): void {
    this.#next = 0
    this.#analysis.reset()
    this.#compressor.reset()
  }
}
