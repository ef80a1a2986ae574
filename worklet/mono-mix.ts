/** The mean of a block's channels. Audio thread; allocates only when the block's length changes. */
export class MonoMix {
  #block: Float32Array = new Float32Array(128)

  /**
   * @param channels samples of each channel, equally long; an empty list is silence as long as the last block
   * @returns a view valid until the next call; the channel itself where there is only one
   */
  mix(channels: readonly Float32Array[]): Float32Array {
    if (channels.length === 0) return this.#block.fill(0)
    const first = channels[0]
    if (this.#block.length !== first.length) this.#block = new Float32Array(first.length)
    if (channels.length === 1) return first
    for (let i = 0; i < first.length; i++) {
      let sum = 0
      for (let channel = 0; channel < channels.length; channel++) sum += channels[channel][i]
      this.#block[i] = sum / channels.length
    }
    return this.#block
  }
}
