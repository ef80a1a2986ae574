import { byKind, type DescriptionOf } from '../part.ts'
import * as families from './families.ts'
import type { FilterbankFamily } from './family.ts'

export type { ImpulseResponses, SpectralFamily, TapFamily } from './family.ts'
export { type GaborFilterbank, sigmaBounds } from './gabor.ts'
export { tonePowers } from './tone-powers.ts'

type Families = typeof families
type Family = Families[keyof Families]

/** The description of any filterbank. */
export type Filterbank = DescriptionOf<Family>

/** The description of a filterbank on the waveform: its family is a `TapFamily`. */
export type TapFilterbank = DescriptionOf<Extract<Family, { readonly domain: 'time' }>>

export const filterbanks = /* @__PURE__ */ byKind(families)

/** The family of a filterbank: the one dispatch over filterbanks. */
export function filterbankOf<Description extends Filterbank>(
  filterbank: Description,
): FilterbankFamily<Description> {
  // The compiler does not see that a family goes with descriptions of its own kind.
  return filterbanks[filterbank.kind] as unknown as FilterbankFamily<Description>
}
