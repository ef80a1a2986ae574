import { type GaussianPooling, gaussian } from './gaussian.ts'
import { type NoPooling, noPooling } from './none.ts'

export type { WindowPooling } from './family.ts'
export { type GaussianPooling, gaussian } from './gaussian.ts'
export { type NoPooling, noPooling } from './none.ts'

/** The description of any pooling. */
export type Pooling = GaussianPooling | NoPooling

export const poolings = { gaussian, none: noPooling } as const
