import { checkpointError } from './checkpoint-error.ts'
import { type Profile, type Sizes, windowLength } from './layout.ts'

/**
 * Compares the taps that a checkpoint shows with those of the window it is read for.
 *
 * @throws LeafError `model-file` where they differ.
 */
export function checkWindow(name: string, taps: number, sizes: Sizes): void {
  const expected = windowLength(sizes)
  if (taps === expected) return
  throw checkpointError(
    `tensor ${JSON.stringify(name)} is of windows of ${taps} samples, but ${sizes.windowMs} ms at ${sizes.sampleRate} Hz are ${expected}`,
    'Give the sample rate and the window that it was trained with.',
  )
}

/** What is to be said of a window of an even number of samples. */
export function evenWindowNotes(profile: Profile, sizes: Sizes): string[] {
  if (profile === 'tensorflow' || windowLength(sizes) % 2 === 1) return []
  return [
    `Windows of ${windowLength(sizes)} samples have no middle: the library pads them otherwise, by about one sample.`,
  ]
}
