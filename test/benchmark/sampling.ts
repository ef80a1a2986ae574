// What each constant of sampling costs and what it leaves of the error: every one around the value chosen, the others as
// they are. Errors are the largest of a feature after PCEN against the float64 reference, over all test sounds; a
// learned LEAF counts as well, whose filters are not Gaussian any more.
//
//   npm run sampling    some minutes

import {
  channelTaps,
  channelWindows,
  compress,
  type FrontendDescription,
  geometryOf,
  pooledEnergies,
  preset,
} from '../../src/frontend/index.ts'
import { clipGrid } from '../../src/gradient/grid.ts'
import { instantiateGradientKernel } from '../../src/gradient/kernel.ts'
import { sampleChannels } from '../../src/gradient/sampling.ts'
import { TimeEnergies } from '../../src/gradient/time-energies.ts'
import { type Design, designSteps } from '../../src/plan/design.ts'
import { blockGrid } from '../../src/plan/grid.ts'
import { groupCost } from '../../src/plan/groups.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { finish } from '../../src/plan/steps.ts'
import { compileSteps } from '../../src/plan/subbands.ts'
import { learning, live, type Tolerance } from '../../src/sampling/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { MemoryLayout } from '../../worklet/kernel.ts'
import { moved, randomLeaf, withSigma } from '../engine/frontends.ts'
import { longSounds as sounds } from '../engine/signals.ts'

const SAMPLES = 11200

const frontends: Record<string, FrontendDescription> = {
  leaf: preset('leaf'),
  'leaf, moved': moved(preset('leaf'), 1),
  'leaf, random': randomLeaf(11),
  gammatone: preset('gammatone'),
}

const all = Object.values(sounds)
const references = new Map(
  Object.values(frontends).map((frontend) => [
    frontend,
    all.map((sound) => compressed(frontend, pooledEnergies(frontend, sound).values)),
  ]),
)

function compressed(frontend: FrontendDescription, energies: Float64Array): Float64Array {
  const floored = energies.map((energy) => Math.max(energy, frontend.energyFloor))
  return compress(frontend.compression, floored, frontend.channels)
}

function largestError(frontend: FrontendDescription, values: readonly ArrayLike<number>[]): number {
  let worst = 0
  references.get(frontend)?.forEach((expected, i) => {
    expected.forEach((value, k) => {
      worst = Math.max(worst, Math.abs(values[i][k] - value))
    })
  })
  return worst
}

/** Vector instructions of a frame, as the packing of lanes counts them. */
function instructions({ lanes, grid }: Design): number {
  return lanes.reduce(
    (sum, { members, stride, phases }) => sum + groupCost(members, stride, phases, grid.size) / 2,
    0,
  )
}

function ofStream(frontend: FrontendDescription, tolerance: Tolerance): string {
  const design = finish(designSteps(frontend, geometryOf(frontend), tolerance))
  const plan = { ...compilePlan(frontend), analysis: finish(compileSteps(design)) }
  const engine = new Engine(plan, null)
  const error = largestError(
    frontend,
    all.map((sound) => engine.clip(sound).values),
  )
  return `${error.toExponential(1)} ${(instructions(design) / 1000).toFixed(1).padStart(5)}k`
}

function ofLearning(frontend: FrontendDescription, tolerance: Tolerance): string {
  const kernel = instantiateGradientKernel()
  const energies = new TimeEnergies(kernel, frontend, SAMPLES, tolerance)
  const layout = new MemoryLayout(kernel, kernel.heapStart())
  const quads = 2 * Math.ceil(all.length / 8)
  const { channels } = frontend
  const { frames } = energies
  const area = layout.reserve(quads * channels * frames * 4)
  energies.place(quads, layout)
  energies.forward(all, area)
  const floats = new Float32Array(kernel.memory.buffer, area)
  const error = largestError(
    frontend,
    all.map((_, i) => {
      const rows = Float64Array.from({ length: frames * channels }, (_, at) => {
        const row = (i >> 2) * channels + (at % channels)
        return floats[(row * frames + Math.floor(at / channels)) * 4 + (i & 3)]
      })
      return compressed(frontend, rows)
    }),
  )
  return `${error.toExponential(1)} ${energiesPerSample(frontend, tolerance).toFixed(1).padStart(5)} `
}

/** Energies computed a sample, all channels together: what forward and backward take time for. */
function energiesPerSample(frontend: FrontendDescription, tolerance: Tolerance): number {
  const geometry = geometryOf(frontend)
  const channels = sampleChannels(
    frontend,
    channelTaps(frontend, geometry)!,
    channelWindows(frontend, geometry)!,
    geometry,
    clipGrid(geometry, SAMPLES),
    tolerance,
  )
  return channels.reduce((sum, { energy }) => sum + 1 / energy.nodes.stride, 0)
}

const factors: Partial<Record<keyof Tolerance, readonly number[]>> = {
  largestError: [0.1, 0.3, 1, 3, 10],
  largestAlias: [0.1, 0.3, 1, 10, 100],
  passedBeat: [0.1, 0.3, 1, 3, 10],
  largestImage: [0.1, 0.3, 1, 3, 10],
  dropped: [0.1, 0.3, 1, 3, 10],
  sumEmphasis: [1e-3, 0.1, 1, 10, 1000],
  ridge: [1e-3, 0.1, 1, 10, 1000],
  extraNodes: [0, 0.4, 0.8, 1, 1.4, 2],
}

for (const [name, chosen, measure, cost] of [
  ['the stream', live, ofStream, 'vector instructions a frame'],
  ['learning', learning, ofLearning, 'energies a sample'],
] as const) {
  console.log(`Sampling of ${name}: largest error and ${cost}.`)
  console.log(
    `${''.padEnd(24)}${Object.keys(frontends)
      .map((some) => some.padEnd(16))
      .join('')}`,
  )
  const row = (label: string, tolerance: Tolerance) => {
    const cells = Object.values(frontends).map((frontend) => measure(frontend, tolerance).padEnd(16))
    console.log(`${label.padEnd(24)}${cells.join('')}`)
  }
  for (const key of Object.keys(factors) as (keyof Tolerance)[]) {
    for (const factor of factors[key] ?? []) {
      const value = chosen[key] * factor
      row(`${key} ${Number(value.toPrecision(2))}${factor === 1 ? ' *' : ''}`, { ...chosen, [key]: value })
    }
  }
  if (chosen === learning) {
    for (const uncorrelated of [1e-6, 1e-8, 1e-10, 1e-12, 0]) {
      row(`uncorrelated ${uncorrelated}${uncorrelated === chosen.uncorrelated ? ' *' : ''}`, {
        ...chosen,
        uncorrelated,
      })
    }
  }
}

console.log('Blocks of the stream: points, samples a block more than needed, strides to choose from.')
for (const sampleRate of [8000, 11025, 16000, 22050, 32000, 44100, 48000]) {
  const { hop, windowLength, ...geometry } = geometryOf(preset('leaf', { sampleRate }))
  const { size, strides } = blockGrid({ hop, windowLength, ...geometry })
  const least = Math.max(5 * hop, 2 * hop + windowLength - 1)
  console.log(`  ${sampleRate} Hz: ${size}, ${size - least}, ${strides.join(' ')}`)
}

console.log('Time of a frame against the count of vector instructions by which lanes are packed:')
const noise = Float32Array.from({ length: 32000 }, (_, i) => Math.sin(i * i) / 2)
for (const sigma of [2, 4, 8, 16, 32, 64]) {
  const frontend = withSigma(sigma)
  const engine = new Engine(compilePlan(frontend), null)
  const times = Array.from({ length: 12 }, () => {
    const begun = performance.now()
    engine.push(noise, () => {})
    return ((performance.now() - begun) * 1000) / 200
  })
  const median = times.sort((a, b) => a - b)[6]
  const count = instructions(finish(designSteps(frontend, geometryOf(frontend), live)))
  console.log(
    `  every sigma ${sigma}: ${median.toFixed(1)} µs, ${(count / 1000).toFixed(0)}k, ${(count / median / 1000).toFixed(2)} a ns`,
  )
}
