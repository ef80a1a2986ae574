import { type GaborFilterbank, gabor } from './gabor.ts'
import { type MelFilterbank, mel } from './mel.ts'

export type { ImpulseResponses, SpectralFamily, TapFamily } from './family.ts'
export { type GaborFilterbank, gabor, sigmaBounds } from './gabor.ts'
export { type MelFilterbank, mel } from './mel.ts'

/** The description of any filterbank. */
export type Filterbank = GaborFilterbank | MelFilterbank

/** Every family by its kind: a new family is a file and a line here. */
export const filterbanks = { gabor, mel } as const
