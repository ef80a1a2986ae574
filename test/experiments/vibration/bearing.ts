import type { Random } from '../../../src/learning/random/index.ts'
import { decibels } from '../../../src/learning/sound/index.ts'

/** What may be wrong with a rolling-element bearing. */
export const STATES = ['healthy', 'outer race', 'inner race', 'ball'] as const
export type BearingState = (typeof STATES)[number]

/** A shaft in a bearing, and how its housing rings. Hertz, unless said otherwise. */
export interface Machine {
  readonly shaft: number
  readonly balls: number
  /** Ball diameter over pitch diameter, times the cosine of the contact angle. */
  readonly ratio: number
  readonly resonance: number
  /** Share of critical. */
  readonly damping: number
  readonly gearTeeth: number
  /** dB of the impacts' energy over that of the rest. */
  readonly impactLevel: number
}

/** Slow machines (180 to 360 turns a minute), whose impacts come slowly enough for frames of 10 ms to show them. */
export function drawMachine(random: Random): Machine {
  return {
    shaft: random.between(3, 6),
    balls: 8 + random.below(5),
    ratio: random.between(0.15, 0.28),
    resonance: random.between(1800, 4500),
    damping: random.between(0.02, 0.06),
    gearTeeth: 17 + random.below(24),
    impactLevel: random.between(-20, -5),
  }
}

/** How often a fault strikes a second (Randall and Antoni, MSSP 25, 2011, equations 1 to 4); a ball strikes both races. */
export function faultRate({ shaft, balls, ratio }: Machine, state: Exclude<BearingState, 'healthy'>): number {
  switch (state) {
    case 'outer race':
      return ((balls * shaft) / 2) * (1 - ratio)
    case 'inner race':
      return ((balls * shaft) / 2) * (1 + ratio)
    case 'ball':
      return (shaft / ratio) * (1 - ratio ** 2)
  }
}

/** Turns of the cage a second. */
const cageRate = ({ shaft, ratio }: Machine) => (shaft / 2) * (1 - ratio)

/** Standard deviation of the time from one impact to the next, as its share: rolling elements slip. */
const SLIP = 0.015
/** Half of the load zone, as a share of the bearing's projection onto the load (Stribeck's ε). */
const LOAD_ZONE = 0.4

/**
 * Acceleration of a housing (McFadden and Smith, JSV 96, 1984): impacts that ring at its resonance, those of a fault that
 * turns in and out of the load zone in proportion to the load (Stribeck's distribution); a shaft's harmonics, a gear's
 * mesh with its sidebands, knocks now and then that no fault makes, noise.
 *
 * @param sampleRate Hz @returns full scale ±1
 */
export function vibration(
  machine: Machine,
  state: BearingState,
  seconds: number,
  sampleRate: number,
  random: Random,
): Float32Array {
  const samples = Math.round(seconds * sampleRate)
  const rest = background(machine, samples, sampleRate, random)
  const impacts = ringing(machine, impactsOf(machine, state, seconds, random), samples, sampleRate)
  const ratio = decibels(machine.impactLevel) * Math.sqrt(energyOf(rest) / (energyOf(impacts) || 1))
  const sum = rest.map((value, i) => value + ratio * impacts[i])
  const level = decibels(random.between(-30, -15)) / Math.sqrt(energyOf(sum) / samples)
  return sum.map((value) => Math.max(-1, Math.min(1, level * value)))
}

/** When something strikes, seconds, and how hard. */
export function impactsOf(
  machine: Machine,
  state: BearingState,
  seconds: number,
  random: Random,
): { readonly time: number; readonly strength: number }[] {
  const knocks = (rate: number) =>
    Array.from({ length: Math.round(rate * seconds) }, () => ({
      ...{ time: random.between(0, seconds), strength: random.between(0.3, 1) },
    }))
  if (state === 'healthy') return knocks(random.between(0, 4))
  const period = 1 / faultRate(machine, state)
  const turning = { 'outer race': 0, 'inner race': machine.shaft, ball: cageRate(machine) }[state]
  const phase = random.next()
  const impacts: { time: number; strength: number }[] = []
  for (let time = period * random.next(); time < seconds; time += period * (1 + SLIP * random.normal())) {
    const angle = 2 * Math.PI * (phase + turning * time)
    const load = state === 'outer race' ? 1 : loadAt(angle)
    impacts.push({ time, strength: load * (1 + 0.1 * random.normal()) })
  }
  return [...impacts, ...knocks(random.between(0, 1))]
}

/** Stribeck: (1 - (1 - cos θ) / 2ε)^1.5 within the load zone. */
const loadAt = (angle: number) => Math.max(0, 1 - (1 - Math.cos(angle)) / (2 * LOAD_ZONE)) ** 1.5

function ringing(
  { resonance, damping }: Machine,
  impacts: readonly { readonly time: number; readonly strength: number }[],
  samples: number,
  sampleRate: number,
): Float32Array {
  const sound = new Float32Array(samples)
  const decay = 2 * Math.PI * resonance * damping
  // To a thousandth.
  const length = Math.ceil((Math.log(1000) / decay) * sampleRate)
  for (const { time, strength } of impacts) {
    const first = Math.ceil(time * sampleRate)
    for (let i = first; i < Math.min(samples, first + length); i++) {
      const t = i / sampleRate - time
      sound[i] += strength * Math.exp(-decay * t) * Math.sin(2 * Math.PI * resonance * t)
    }
  }
  return sound
}

function background(
  { shaft, gearTeeth }: Machine,
  samples: number,
  sampleRate: number,
  random: Random,
): Float32Array {
  const mesh = shaft * gearTeeth
  const tones = [
    ...[1, 2, 3].map((order) => [order * shaft, random.between(0.1, 0.5)]),
    ...[1, 2].flatMap((order) =>
      [-1, 0, 1].map((side) => [order * mesh + side * shaft, random.between(0.1, 0.6)]),
    ),
  ].map(([frequency, amplitude]) => ({ frequency, amplitude, phase: random.between(0, 2 * Math.PI) }))
  const noise = random.between(0.3, 1)
  return Float32Array.from({ length: samples }, (_, i) =>
    tones.reduce(
      (sum, { frequency, amplitude, phase }) =>
        sum + amplitude * Math.sin((2 * Math.PI * frequency * i) / sampleRate + phase),
      noise * random.normal(),
    ),
  )
}

function energyOf(signal: Float32Array): number {
  let sum = 0
  for (let i = 0; i < signal.length; i++) sum += signal[i] ** 2
  return sum
}
