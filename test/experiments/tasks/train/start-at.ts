import { type FrontendDescription, parseFrontend } from '../../../../src/frontend/index.ts'
import type { PcenStart } from '../design/settings.ts'

/**
 * A frontend whose PCEN starts elsewhere; one without PCEN as it is.
 *
 * @throws LeafError `description` naming the number that PCEN cannot have
 */
export function startAt(frontend: FrontendDescription, start: PcenStart = {}): FrontendDescription {
  const { compression, channels } = frontend
  if (compression.kind !== 'pcen') return frontend
  const lists = Object.entries(start).map(([name, value]) => {
    const turns = [value].flat()
    return [name, Array.from({ length: channels }, (_, n) => turns[n % turns.length])]
  })
  return parseFrontend({ ...frontend, compression: { ...compression, ...Object.fromEntries(lists) } })
}
