// How exact the stream is: the engine against the float64 reference, sound by sound, and the resamplers' responses.
//
//   npm run accuracy

import { type FrontendDescription, preset, presetNames } from '../../src/frontend/index.ts'
import { compilePlan, designResampler, type ResamplerPlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { featureError } from '../engine/comparison.ts'
import { frontends } from '../engine/frontends.ts'
import { longSounds as sounds, sweep } from '../engine/signals.ts'

/** The sound at which a frontend errs most, and by how much. */
function worstOf(frontend: FrontendDescription): string {
  const engine = new Engine(compilePlan(frontend), null)
  const errors = Object.entries(sounds).map(([name, sound]) => ({
    name,
    error: featureError(frontend, engine, sound),
  }))
  const { name, error } = errors.reduce((a, b) => (b.error > a.error ? b : a))
  return `${error.toExponential(1)}  (${name})`
}

console.log(
  'Largest error of a feature against the float64 reference: after PCEN as it is, else as a share of',
)
console.log("the features' range.")
for (const [parameters, frontend] of Object.entries(frontends)) {
  console.log(`  ${`leaf, ${parameters}`.padEnd(40)} ${worstOf(frontend)}`)
}
console.log(
  `  ${'leaf, initial, over a floor of 1e-8'.padEnd(40)} ${worstOf({ ...preset('leaf'), energyFloor: 1e-8 })}`,
)
for (const name of presetNames.filter((other) => other !== 'leaf')) {
  console.log(`  ${name.padEnd(40)} ${worstOf(preset(name))}`)
}

console.log(
  'The same in a full-scale sweep over 8 kHz, which a window hardly sees begin (src/sampling/README.md):',
)
for (const [parameters, frontend] of Object.entries(frontends)) {
  const found = [0.1, 0.2, 0.4].map((seconds) => {
    const engine = new Engine(compilePlan(frontend), null)
    return `${featureError(frontend, engine, sweep(16000 * seconds)).toExponential(1)} in ${seconds} s`
  })
  console.log(`  ${`leaf, ${parameters}`.padEnd(40)} ${found.join(', ')}`)
}

console.log('Resampling to 16 kHz:')
for (const rate of [44100, 48000]) {
  const plan = designResampler(rate, 16000)
  if (!plan) continue
  const gains = (from: number, to: number) => {
    const decibels: number[] = []
    for (let hertz = from; hertz <= to; hertz += 25) {
      decibels.push(20 * Math.log10(Math.abs(response(plan, hertz)) + 1e-12))
    }
    return decibels
  }
  const ripple = Math.max(...gains(0, 7000).map(Math.abs))
  // With one phase only there are no images above half the input rate.
  const stopped = -Math.max(...gains(9000, Math.min(60000, (plan.rows * rate) / 2)))
  console.log(
    `  from ${rate / 1000} kHz: ripple ${ripple.toFixed(4)} dB to 7 kHz, ${stopped.toFixed(1)} dB down from 9 kHz, ` +
      `delay ${(plan.delaySeconds * 1000).toFixed(2)} ms`,
  )
}

/** Response of the continuous filter that the table samples. */
function response({ table, rows, taps, inputRate }: ResamplerPlan, hertz: number): number {
  let sum = 0
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < taps; k++) {
      const time = (k - (taps / 2 - 1) - row / rows) / inputRate
      sum += table[row * taps + k] * Math.cos(2 * Math.PI * hertz * time)
    }
  }
  return sum / rows
}
