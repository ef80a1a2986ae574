import { SingleBar } from 'cli-progress'
import type { HeardSound } from './open-sound.ts'
import { SampleCheck } from './sample-check.ts'

/** Tells on the error stream how far a file is, on a terminal only, and how fast it went. */
export class Report {
  readonly #started = performance.now()
  readonly #bar = new SingleBar({
    format: '{bar} {percentage}% | {eta_formatted} left',
    clearOnComplete: true,
  })
  readonly #check = new SampleCheck()
  /** Length of the sound read so far. */
  seconds = 0

  constructor(audio: HeardSound) {
    // How long a stream will be nobody knows.
    if (audio.bytesTotal > 0) this.#bar.start(audio.bytesTotal, 0)
  }

  /** The same file, counted as it is read, without samples that are no sound. */
  watch(audio: HeardSound): HeardSound {
    return { ...audio, blocks: this.#counted(audio) }
  }

  /** Removes the bar. */
  stop(): void {
    this.#bar.stop()
  }

  /** What was odd about its samples, and one line: how much sound, how long it took, how many times faster than the sound itself. */
  summary(result: string): void {
    const took = (performance.now() - this.#started) / 1000
    const speed = Math.round(this.seconds / took)
    for (const sentence of this.#check.sentences()) process.stderr.write(`${sentence}\n`)
    process.stderr.write(
      `${this.seconds.toFixed(1)} s of sound in ${took.toFixed(2)} s, ${speed} × real time: ${result}\n`,
    )
  }

  async *#counted(audio: HeardSound): AsyncGenerator<Float32Array> {
    for await (const block of audio.blocks) {
      this.seconds += block.length / audio.sampleRate
      this.#check.clean(block)
      this.#bar.update(audio.bytesRead())
      yield block
    }
  }
}
