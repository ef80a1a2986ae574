/** Times and values a reader can check by the frame's index alone. */
export const frameTime = (index: number): number => index / 3

export function frameValues(index: number, channels: number): Float32Array {
  const values = new Float32Array(channels)
  for (let channel = 0; channel < channels; channel++) values[channel] = Math.sin(index * channels + channel)
  return values
}
