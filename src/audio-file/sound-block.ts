/** A stretch of decoded sound. */
export interface SoundBlock {
  /** Hz */
  sampleRate: number
  /** Channels in the file; a decoder may hand out a different number. */
  channelCount: number
  /** Samples of each channel, full scale ±1, all of one length. */
  channels: Float32Array[]
  /** What the decoder met, if it met damage. */
  damage?: string
}
