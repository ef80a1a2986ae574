import { gaussian, type GaussianPooling } from './gaussian.ts';
import { noPooling, type NoPooling } from './none.ts';

export { gaussian, type GaussianPooling, type WindowPooling } from './gaussian.ts';
export { noPooling, type NoPooling } from './none.ts';

/** The description of any pooling. */
export type Pooling = GaussianPooling | NoPooling;

export const poolings = { gaussian, none: noPooling } as const;
