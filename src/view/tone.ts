import { compressionOf, type FrontendDescription } from '../frontend/index.ts'

/** How strongly a feature value is to be drawn: 0 (nothing) … 1 (full). */
export type Tone = (value: number) => number

export function toneOf(compression: FrontendDescription['compression']): Tone {
  return compressionOf(compression).brightness(compression)
}
