import { type FrontendDescription, parseFrontend } from '../../frontend/index.ts'
import type { SharedSettings } from './settings.ts'

/**
 * A frontend whose PCEN starts elsewhere, or whose floor under the energies is another; what it has not stays away.
 *
 * @throws LeafError `description` naming the number that it cannot have
 */
export function startAt(
  frontend: FrontendDescription,
  { pcen = {}, energyFloor }: Pick<SharedSettings, 'pcen' | 'energyFloor'>,
): FrontendDescription {
  const { compression, channels } = frontend
  const floor = frontend.energyFloor > 0 ? (energyFloor ?? frontend.energyFloor) : 0
  if (compression.kind !== 'pcen') return parseFrontend({ ...frontend, energyFloor: floor })
  const lists = Object.entries(pcen).map(([name, value]) => [name, new Array<number>(channels).fill(value)])
  return parseFrontend({
    ...frontend,
    energyFloor: floor,
    compression: { ...compression, ...Object.fromEntries(lists) },
  })
}
