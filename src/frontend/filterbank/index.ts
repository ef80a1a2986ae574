import { type FreeFilterbank, free } from './free.ts'
import { type GaborFilterbank, gabor } from './gabor.ts'
import { type GammatoneFilterbank, gammatone } from './gammatone.ts'
import { type MelFilterbank, mel } from './mel.ts'
import { type SincFilterbank, sinc } from './sinc.ts'

export type { ImpulseResponses, SpectralFamily, TapFamily } from './family.ts'
export type { FreeFilterbank } from './free.ts'
export { type GaborFilterbank, sigmaBounds } from './gabor.ts'
export type { GammatoneFilterbank } from './gammatone.ts'
export type { MelFilterbank } from './mel.ts'
export type { SincFilterbank } from './sinc.ts'

/** The description of a filterbank on the waveform: its family is a `TapFamily`. */
export type TapFilterbank = GaborFilterbank | SincFilterbank | FreeFilterbank | GammatoneFilterbank

/** The description of any filterbank. */
export type Filterbank = TapFilterbank | MelFilterbank

/** Every family by its kind: a new family is a file and a line here. */
export const filterbanks = { gabor, sinc, free, gammatone, mel } as const
