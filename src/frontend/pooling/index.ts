import { type GaussianPooling, gaussian } from './gaussian.ts'
import { type MaxPooling, max } from './max.ts'
import { type NoPooling, noPooling } from './none.ts'
import { type TapsPooling, taps } from './taps.ts'

export type { WindowPooling } from './family.ts'
export type { GaussianPooling } from './gaussian.ts'
export type { MaxPooling } from './max.ts'
export type { NoPooling } from './none.ts'
export type { TapsPooling } from './taps.ts'

/** The description of a pooling by weighted sums: its family is a `WindowPooling`. */
export type WeightedPooling = GaussianPooling | TapsPooling

/** The description of any pooling. */
export type Pooling = WeightedPooling | MaxPooling | NoPooling

export const poolings = { gaussian, taps, max, none: noPooling } as const
