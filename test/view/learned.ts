import {
  compressions,
  type FrontendDescription,
  filterbanks,
  geometryOf,
  type Part,
  type PresetName,
  poolings,
  preset,
} from '../../src/frontend/index.ts'

type AnyPart = { readonly kind: string }

/** A frontend as training might leave it: every value moved by up to `amount` of its own steps, the same each time. */
export function learnedOf(name: PresetName, amount: number, channels = 40): FrontendDescription {
  const initial = preset(name, { channels })
  const geometry = geometryOf(initial)
  const moved = <Description extends AnyPart>(families: object, part: Description): Description => {
    const family = families[part.kind as keyof typeof families] as Part<Description>
    const values = family
      .parameters(part, geometry)
      .map((parameter, i) =>
        parameter.values.map((value, k) => value + amount * Math.sin(3 * k + i) * parameter.steps[k]),
      )
    return family.withParameters(part, values, geometry)
  }
  return {
    ...initial,
    filterbank: moved(filterbanks, initial.filterbank),
    pooling: moved(poolings, initial.pooling),
    compression: moved(compressions, initial.compression),
  }
}
