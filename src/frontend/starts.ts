import { behindGain } from './behind-gain.ts'
import type { PcenCompression } from './compression/index.ts'
import { type FrontendDescription, parseFrontend } from './description.ts'
import { parametersOf, withParameters } from './parts.ts'
import { preset, presetNames } from './presets.ts'

/** The default classifier learns from bands: samples need layers of their own before it. */
const withFilters = presetNames.filter((name) => name !== 'samples')

/**
 * Frontends as a training can start them: presets, LEAF with both kinds of PCEN in turn, and, beyond LEAF, with both
 * kinds behind every filter; and what that is to be held against, as many mel bands with both kinds in turn.
 */
export const STARTS = [...withFilters, 'leaf-mixed', 'leaf-both', 'mel-both'] as const
export type StartName = (typeof STARTS)[number]

/** How a start differs from the usual one. */
export interface StartOptions {
  /** For crops that have been raised to the official level already. */
  readonly raised?: boolean
  /** Hz, 16000 if left out. */
  readonly sampleRate?: number
}

export function startOf(
  name: StartName,
  { raised = false, sampleRate }: StartOptions = {},
): FrontendDescription {
  const leaf = () => preset('leaf', { sampleRate }) as WithPcen
  switch (name) {
    case 'leaf-mixed':
      return atLevel(withBoth(leaf()), raised)
    case 'leaf-both':
      return atLevel(withBoth(twice(leaf())), raised)
    case 'mel-both':
      // Energies of a spectrogram are sums over windows: they lie where LEAF's do after the official gain.
      return parseFrontend(
        withBoth(preset('mel-pcen', { channels: 2 * leaf().channels, sampleRate }) as WithPcen),
      )
    default:
      return preset(name, { sampleRate })
  }
}

function atLevel(frontend: WithPcen, raised: boolean): FrontendDescription {
  return parseFrontend(raised ? frontend : behindGain(frontend, OFFICIAL_GAIN))
}

/**
 * Factor on energies that the official training has in front of LEAF: its loader brings every crop to a standard
 * deviation of 5.6, but never by more than 30 dB (google-research/leaf-audio, example configuration). A crop that is
 * not louder than −15 dBFS, as nearly all are, gets the 30 dB.
 */
const OFFICIAL_GAIN = 1000

/** PCEN that starts as a root without gain control: y ≈ (E + δ)^(1/10), close to a logarithm above δ. */
const ROOT = { alpha: 0, delta: 5e-4, root: 10 } as const

/**
 * A frontend whose channels start in turn with PCEN as a root and with the official gain control, for sound at the official
 * level: what tells voices and notes apart is a steady spectrum, which gain control takes away; what tells scenes apart
 * at any level needs it; and in a small budget neither becomes the other.
 */
function withBoth(start: WithPcen): WithPcen {
  const official = start.compression
  const inTurn = (name: keyof typeof ROOT) =>
    official[name].map((value, n) => (n % 2 === 0 ? ROOT[name] : value))
  const compression = { ...official, alpha: inTurn('alpha'), delta: inTurn('delta'), root: inTurn('root') }
  return { ...start, compression }
}

type WithPcen = FrontendDescription & { readonly compression: PcenCompression }

/** LEAF with each of its filters twice, side by side: the two learn apart. */
function twice(leaf: WithPcen): WithPcen {
  const { channels, sampleRate } = leaf
  const wide = preset('leaf', { channels: 2 * channels, sampleRate })
  return withParameters(wide, (part) =>
    parametersOf(leaf, part).map(({ values }) => values.flatMap((value) => [value, value])),
  ) as WithPcen
}
