import { type FrameEnd, Outlet, recordLength } from '../src/frame-channel/writer/index.ts'
import type { Plan, ResamplerPlan } from '../src/plan/index.ts'
import { liveAnalysis } from './analysis/index.ts'
import type { Counts, SwapPoint } from './control/index.ts'
import { LevelMeter } from './level-meter.ts'
import { LoadMeter } from './load-meter.ts'
import { MonoMix } from './mono-mix.ts'
import { StreamEngine } from './stream-engine.ts'

/**
 * What happens to a block of samples: mixed to mono, through the engine, frames with their times into
 * every outlet. Runs on the audio thread and uses nothing of it, so that tests run it in Node.
 */
export class Pipeline {
  readonly #sampleRate: number
  readonly #engine: StreamEngine
  readonly #mono = new MonoMix()
  readonly #load: LoadMeter
  readonly #level: LevelMeter
  readonly #outlets: Outlet[] = []
  /** What readers that have gone left behind. */
  readonly #gone = { offered: 0, sent: 0, dropped: 0 }
  /** The frame under way, written once for all outlets. */
  readonly #record: Float64Array
  #plan: Plan
  /** Samples pushed into the engine. */
  #heard = 0
  /** Frame of the context at which the engine's sample 0 would lie. */
  #origin = 0
  #skipped = 0
  #frames = 0
  /** Seconds from the centre of a frame to the end of the block that completed it: the first of its block. */
  readonly #latency = new Float64Array(1)

  /** @param sampleRate of the context, Hz */
  constructor(plan: Plan, resampler: ResamplerPlan | null, sampleRate: number) {
    this.#plan = plan
    this.#sampleRate = sampleRate
    this.#engine = new StreamEngine(plan, resampler, liveAnalysis)
    this.#load = new LoadMeter(sampleRate)
    this.#level = new LevelMeter(sampleRate)
    this.#record = new Float64Array(recordLength(plan.channels))
  }

  /** Adds a reader. Between two blocks; allocates. */
  open(end: FrameEnd): void {
    this.#outlets.push(new Outlet(end))
  }

  /** Changes the frontend. Between two blocks; allocates, and may grow the kernel's memory. */
  swap(plan: Plan, resampler: ResamplerPlan | null): SwapPoint {
    this.#engine.load(plan, resampler)
    this.#plan = plan
    return { frame: this.#frames, sample: this.#heard }
  }

  /**
   * One block, on the audio thread. Allocates nothing but the load meter's number, in one block of eleven.
   * @param channels samples of each channel; an empty list where nothing is connected
   * @param frame the context's frame at which the block begins
   */
  process(channels: readonly Float32Array[], frame: number): void {
    this.#load.begin()
    const samples = this.#mono.mix(channels)
    this.#level.push(samples, channels)
    this.#follow(frame)
    const next = this.#frames
    this.#engine.push(samples, this.#emit)
    this.#heard += samples.length
    if (this.#frames > next)
      this.#latency[0] = (this.#origin + this.#heard) / this.#sampleRate - this.#time(next)
    for (let i = this.#outlets.length - 1; i >= 0; i--) this.#tend(i)
    this.#load.end(samples.length)
  }

  /** What was counted so far. Between two blocks; allocates. */
  measure(): Counts {
    const counts: Counts = {
      ...this.#gone,
      waiting: 0,
      frames: this.#frames,
      badSamples: this.#engine.badSamples,
      skippedSamples: this.#skipped,
      load: this.#load.load,
      level: this.#level.level,
      peak: this.#level.peak,
      clipped: this.#level.clipped,
      frameLatency: this.#frames === 0 ? null : this.#latency[0],
    }
    for (const outlet of this.#outlets) {
      outlet.flush()
      counts.offered += outlet.offered
      counts.sent += outlet.sent
      counts.dropped += outlet.dropped
    }
    counts.waiting = counts.offered - counts.sent - counts.dropped
    return counts
  }

  /** Closes the way to every reader. Between two blocks. */
  close(): void {
    while (this.#outlets.length > 0) this.#remove(this.#outlets.length - 1)
  }

  /** Keeps the engine's samples on the context's clock when the browser left blocks out. */
  #follow(frame: number): void {
    const origin = frame - this.#heard
    if (this.#heard > 0) this.#skipped += Math.max(0, origin - this.#origin)
    this.#origin = origin
  }

  #emit = (index: number, values: Float32Array): void => {
    this.#record[0] = index
    this.#record[1] = this.#time(index)
    this.#record.set(values, 2)
    this.#frames = index + 1
    for (let i = 0; i < this.#outlets.length; i++) this.#outlets[i].push(this.#record)
  }

  /** Centre of a frame on the context's clock, seconds. */
  #time(index: number): number {
    const { frameCenter, hop, sampleRate } = this.#plan
    return this.#origin / this.#sampleRate + (frameCenter + index * hop) / sampleRate
  }

  #tend(index: number): void {
    if (this.#outlets[index].closed) this.#remove(index)
    else this.#outlets[index].flush()
  }

  #remove(index: number): void {
    const [outlet] = this.#outlets.splice(index, 1)
    outlet.close()
    this.#gone.offered += outlet.offered
    this.#gone.sent += outlet.sent
    this.#gone.dropped += outlet.dropped
  }
}
