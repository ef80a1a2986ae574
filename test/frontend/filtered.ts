import {
  type FrontendDescription,
  filterbankOf,
  hasFilters,
  type PresetName,
  preset,
  presetNames,
} from '../../src/frontend/index.ts'

/** The presets whose channels are filters: all but samples. */
export const filteredNames = presetNames.filter((name) => hasFilters(preset(name)))

/** A preset of each family of filters in time. */
export const tapNames = filteredNames.filter((name, i) => {
  const { filterbank } = preset(name)
  const before = filteredNames.slice(0, i).map((other) => preset(other).filterbank.kind)
  return filterbankOf(filterbank).domain === 'time' && !before.includes(filterbank.kind)
})

/** A preset with so many filters; one without filters as it is. */
export function presetOf(name: PresetName, channels: number): FrontendDescription {
  return preset(name, filteredNames.includes(name) ? { channels } : {})
}
