import { LARGEST_SAMPLE } from '../../worklet/index.ts'

/** Louder sound is most likely integers written as float. */
const LOUD = 16

/** Samples that are no sound: set to zero for whichever engine computes, as the engine of the live page does, and counted. */
export class SampleCheck {
  #notFinite = 0
  #absurd = 0
  #peak = 0

  /** Replaces them in place. */
  clean(block: Float32Array): void {
    for (let i = 0; i < block.length; i++) {
      const magnitude = Math.abs(block[i])
      if (magnitude <= LARGEST_SAMPLE) {
        if (magnitude > this.#peak) this.#peak = magnitude
        continue
      }
      if (Number.isFinite(magnitude)) this.#absurd++
      else this.#notFinite++
      block[i] = 0
    }
  }

  /** What a person should know, a sentence each. */
  sentences(): string[] {
    const sentences: string[] = []
    const zero = 'counted as zero.'
    if (this.#notFinite > 0) sentences.push(`${this.#notFinite} samples were no finite numbers and ${zero}`)
    if (this.#absurd > 0)
      sentences.push(`${this.#absurd} samples were beyond ${LARGEST_SAMPLE} times full scale and ${zero}`)
    if (this.#peak > LOUD)
      sentences.push(
        `The loudest sample is ${Number(this.#peak.toPrecision(4))} times full scale, as where 16-bit integers are written as float: divide by 32768 for features of the sound at its level.`,
      )
    return sentences
  }
}
