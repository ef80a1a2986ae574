import {
  type FrontendDescription,
  parametersOf,
  parseFrontend,
  preset,
  sigmaBounds,
  withParameters,
} from '../../src/frontend/index.ts'
import { seeded } from './signals.ts'

/** A LEAF whose every parameter is drawn from its legal range. */
export function randomLeaf(seed: number): FrontendDescription {
  const leaf = preset('leaf')
  const random = seeded(seed)
  const draw = (value: () => number) => Array.from({ length: leaf.channels }, value)
  const within = (low: number, high: number) => draw(() => low + (high - low) * random())
  const { min, max } = sigmaBounds(401)
  return parseFrontend({
    ...leaf,
    filterbank: {
      kind: 'gabor',
      center: within(0, Math.PI),
      sigma: draw(() => min * (max / min) ** random()),
    },
    pooling: { kind: 'gaussian', width: within(2 / 401, 0.5) },
    compression: {
      kind: 'pcen',
      alpha: within(0.5, 1),
      delta: within(0.5, 4),
      root: within(1, 4),
      smooth: within(0.01, 0.5),
      floor: 1e-12,
    },
  })
}

/** LEAF with one sigma for every filter. */
export function withSigma(sigma: number): FrontendDescription {
  const leaf = preset('leaf')
  if (leaf.filterbank.kind !== 'gabor') throw new Error('the leaf preset has Gabor filters')
  return { ...leaf, filterbank: { ...leaf.filterbank, sigma: leaf.filterbank.sigma.map(() => sigma) } }
}

const bounds = sigmaBounds(401)

/** The parameters at which the engine has to be exact. */
export const frontends: Record<string, FrontendDescription> = {
  'the initial parameters': preset('leaf'),
  'random legal parameters': randomLeaf(11),
  'other random legal parameters': randomLeaf(12),
  'every sigma at its lower bound': withSigma(bounds.min),
  'every sigma at its upper bound': withSigma(bounds.max),
}

/**
 * Any frontend with what can be learned moved, within its bounds: filters and pooling by up to a step and a half, the
 * compression by a tenth of that, beyond which its values grow so large that float32 no longer holds them to 2e-4.
 */
export function moved(frontend: FrontendDescription, seed: number): FrontendDescription {
  const random = seeded(seed)
  const sizes = { filterbank: 1.5, pooling: 1.5, compression: 0.15 }
  return parseFrontend(
    withParameters(frontend, (part) =>
      parametersOf(frontend, part).map(({ values, steps }) =>
        values.map((value, i) => value + sizes[part] * (2 * random() - 1) * steps[i]),
      ),
    ),
  )
}
