import { gabor, type GaborFilterbank } from './gabor.ts';
import { mel, type MelFilterbank } from './mel.ts';

export type { ImpulseResponses, Part, SpectralFamily, TapFamily } from './family.ts';
export { gabor, type GaborFilterbank, sigmaBounds } from './gabor.ts';
export { mel, type MelFilterbank } from './mel.ts';

/** The description of any filterbank. */
export type Filterbank = GaborFilterbank | MelFilterbank;

/** Every family by its kind: a new family is a file and a line here. */
export const filterbanks = { gabor, mel } as const;
