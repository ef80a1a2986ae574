import {
  type FrontendDescription,
  hasFilters,
  type PresetName,
  preset,
  presetNames,
} from '../../src/frontend/index.ts'

/** The presets whose channels are filters: all but samples. */
export const filteredNames = presetNames.filter((name) => hasFilters(preset(name)))

/** A preset with so many filters; one without filters as it is. */
export function presetOf(name: PresetName, channels: number): FrontendDescription {
  return preset(name, filteredNames.includes(name) ? { channels } : {})
}
