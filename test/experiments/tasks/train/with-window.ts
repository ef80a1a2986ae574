import { LeafError } from '../../../../src/error.ts'
import { type FrontendDescription, geometryOf, parseFrontend } from '../../../../src/frontend/index.ts'

/**
 * LEAF with windows of another length and the same filters, and pooling as wide as before, in time: what changes is how
 * wide both may become. Frames stay where they were.
 *
 * @param windowMs 25 in the paper; as it is if left out
 * @throws LeafError `arguments` for a frontend of other parts, whose responses are cut by the window
 */
export function withWindow(frontend: FrontendDescription, windowMs = frontend.windowMs): FrontendDescription {
  if (windowMs === frontend.windowMs) return frontend
  const { filterbank, pooling, alignment } = frontend
  if (filterbank.kind !== 'gabor' || pooling.kind !== 'gaussian')
    throw new LeafError(
      'arguments',
      `--window is for LEAF; this has filters ${JSON.stringify(filterbank.kind)} and pooling ${JSON.stringify(pooling.kind)}.`,
      'Leave it out, or choose --systems leaf, leaf-mixed or leaf-both.',
    )
  const before = geometryOf(frontend).windowLength
  const after = geometryOf({ ...frontend, windowMs }).windowLength
  // A share of half the window.
  const width = pooling.width.map((share) => (share * (before - 1)) / (after - 1))
  return parseFrontend({
    ...frontend,
    windowMs,
    pooling: { ...pooling, width },
    alignment: { ...alignment, poolingLeft: alignment.poolingLeft + ((after - before) >> 1) },
  })
}
