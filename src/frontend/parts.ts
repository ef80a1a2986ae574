import { compressionOf } from './compression/index.ts'
import { type FrontendDescription, geometryOf } from './description.ts'
import { filterbankOf } from './filterbank/index.ts'
import type { LearnableParameter, Part } from './part.ts'
import { poolingOf } from './pooling/index.ts'

/** The parts of a frontend that have parameters, in the order of the signal. */
export const partNames = ['filterbank', 'pooling', 'compression'] as const

export type PartName = (typeof partNames)[number]

type AnyPart = FrontendDescription[PartName]

/** What every part can do, whichever it is: the one dispatch over the parts of a frontend. */
export function familyOf(frontend: FrontendDescription, part: PartName): Part<AnyPart> {
  const { filterbank, pooling, compression } = frontend
  switch (part) {
    case 'filterbank':
      return filterbankOf(filterbank) as unknown as Part<AnyPart>
    case 'pooling':
      return poolingOf(pooling) as unknown as Part<AnyPart>
    case 'compression':
      return compressionOf(compression) as unknown as Part<AnyPart>
  }
}

/** What of a part of a frontend can be learned; empty when nothing can. */
export function parametersOf(frontend: FrontendDescription, part: PartName): readonly LearnableParameter[] {
  return familyOf(frontend, part).parameters(frontend[part], geometryOf(frontend))
}

/** The same as they are before anything is learned. */
export function initialParameters(
  frontend: FrontendDescription,
  part: PartName,
): readonly LearnableParameter[] {
  const geometry = geometryOf(frontend)
  const family = familyOf(frontend, part)
  return family.parameters(family.initial(geometry), geometry)
}

/**
 * The frontend with other values in some of its parts, moved onto their bounds.
 *
 * @param valuesOf new values of a part, one array per entry of its parameters.
 * @param parts which of them; the others stay.
 * @throws LeafError `description` naming a value that is not a number.
 */
export function withParameters(
  frontend: FrontendDescription,
  valuesOf: (part: PartName) => readonly ArrayLike<number>[],
  parts: readonly PartName[] = partNames,
): FrontendDescription {
  const geometry = geometryOf(frontend)
  const changed = parts.map((part) => [
    part,
    familyOf(frontend, part).withParameters(frontend[part], valuesOf(part), geometry),
  ])
  return { ...frontend, ...Object.fromEntries(changed) }
}

/** A part in words, with units: its kind and what people want to know of it. */
export function summaryOf(frontend: FrontendDescription, part: PartName): string {
  const description = frontend[part]
  return `${description.kind}${familyOf(frontend, part).summary(description, geometryOf(frontend))}`
}
