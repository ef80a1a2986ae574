import {
  type FrontendDescription,
  type PresetName,
  parametersOf,
  preset,
  withParameters,
} from '../../src/frontend/index.ts'

/** A frontend as training might leave it: every value moved by up to `amount` of its own steps, the same each time. */
export function learnedOf(name: PresetName, amount: number, channels = 40): FrontendDescription {
  const initial = preset(name, { channels })
  return withParameters(initial, (part) =>
    parametersOf(initial, part).map(({ values, steps }, i) =>
      values.map((value, k) => value + amount * Math.sin(3 * k + i) * steps[k]),
    ),
  )
}
