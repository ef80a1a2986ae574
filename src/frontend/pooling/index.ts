import { type GaussianPooling, gaussian } from './gaussian.ts'
import { type NoPooling, noPooling } from './none.ts'

export { type GaussianPooling, gaussian, type WindowPooling } from './gaussian.ts'
export { type NoPooling, noPooling } from './none.ts'

/** The description of any pooling. */
export type Pooling = GaussianPooling | NoPooling

export const poolings = { gaussian, none: noPooling } as const
