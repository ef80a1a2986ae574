// A folder of clips that are no sound: accelerations of bearings, at the rate at which such are recorded, for
// `npm run train -- --sample-rate 12000`.
//
//   npm run vibration -- --out DIR
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeWav } from '../../../src/audio/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { drawMachine, STATES, vibration } from './bearing.ts'

/** Hz, of the best-known recordings of bearings (Case Western Reserve University). */
const SAMPLE_RATE = 12000
const SECONDS = 3
/** No machine is in two of them. */
const MACHINES = { train: 60, valid: 16, test: 24 } as const
const CLIPS = 2

const { out } = parseArgs({ options: { out: { type: 'string' } } }).values
if (!out) throw new Error('npm run vibration -- --out DIR')

mkdirSync(out, { recursive: true })
const rows = ['file,label,split,group']
let index = 0
for (const [split, count] of Object.entries(MACHINES)) {
  for (let m = 0; m < count; m++, index++) {
    const random = streams.bearing(index)
    const machine = drawMachine(random)
    for (const state of STATES) {
      for (let clip = 0; clip < CLIPS; clip++) {
        const file = `${index}-${state.replace(' ', '-')}-${clip}.wav`
        const signal = vibration(machine, state, SECONDS, SAMPLE_RATE, random)
        writeFileSync(join(out, file), encodeWav(signal, SAMPLE_RATE, 'int16'))
        rows.push([file, state, split, `machine-${index}`].join())
      }
    }
  }
}
writeFileSync(join(out, 'manifest.csv'), `${rows.join('\n')}\n`)
console.log(`${rows.length - 1} clips of ${index} machines are in ${out}.`)
