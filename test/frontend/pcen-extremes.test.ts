import { expect, test } from 'vitest'
import { compress, compressions } from '../../src/frontend/index.ts'

const FRAMES = 50

/** One channel for each corner of what PCEN may be. */
const corners = [0, 0.96, 1].flatMap((alpha) =>
  [0, 1e-9, 2].flatMap((delta) =>
    [1, 2, 10].flatMap((root) => [0, 0.04, 1].map((smooth) => ({ alpha, delta, root, smooth }))),
  ),
)
const channels = corners.length

const pcen = (floor: number) =>
  ({
    kind: 'pcen',
    alpha: corners.map(({ alpha }) => alpha),
    delta: corners.map(({ delta }) => delta),
    root: corners.map(({ root }) => root),
    smooth: corners.map(({ smooth }) => smooth),
    floor,
  }) as const

const sounds: [string, number, (frame: number) => number][] = [
  ['at the floor', 1e-12, () => 1e-5],
  ['loud', 1e-12, () => 1e12],
  ['of clicks in silence', 1e-12, (frame) => (frame % 10 === 3 ? 1e12 : 1e-5)],
  ['with no energy at all', 1e-6, () => 0],
  ['with no energy but a click', 1e-6, (frame) => (frame === 20 ? 1e6 : 0)],
]

test.each(sounds)('the gradients of PCEN are numbers for a sound %s, at every bound', (_, floor, energy) => {
  const energies = Float64Array.from({ length: FRAMES * channels }, (_, i) =>
    energy(Math.floor(i / channels)),
  )
  const weights = energies.map((_, i) => Math.cos(i))
  const outputs = compress(pcen(floor), energies, channels)
  const gradient = compressions.pcen.gradient(pcen(floor), energies, weights, channels)
  for (const values of [outputs, gradient.energies, ...gradient.parameters]) {
    expect(values.findIndex((value) => !Number.isFinite(value))).toBe(-1)
  }
})

test('an offset of zero is learned with a finite slope, and with none where there is no energy', () => {
  const compression = {
    kind: 'pcen',
    alpha: [0],
    delta: [0],
    root: [2],
    smooth: [0.04],
    floor: 1e-6,
  } as const
  const offset = (energy: number) =>
    compressions.pcen.gradient(compression, Float64Array.of(energy), Float64Array.of(1), 1).parameters[1][0]
  expect(offset(0)).toBe(0)
  // ½ E^-½ - ½ (1e-6)^-½
  expect(offset(4)).toBeCloseTo(0.25 - 500, 9)
})

test('a small offset is learned by its own slope, however little energy there is above it', () => {
  const delta = 1e-8
  const compression = {
    kind: 'pcen',
    alpha: [0],
    delta: [delta],
    root: [10],
    smooth: [0.04],
    floor: 1e-6,
  } as const
  const energy = 3e-8
  const slope = (x: number) => x ** -0.9 / 10
  const { energies, parameters } = compressions.pcen.gradient(
    compression,
    Float64Array.of(energy),
    Float64Array.of(1),
    1,
  )
  expect(energies[0] / slope(energy + delta)).toBeCloseTo(1, 9)
  expect(parameters[1][0] / (slope(energy + delta) - slope(delta))).toBeCloseTo(1, 9)
})
