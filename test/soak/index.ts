// npm run soak [-- --hours 25 --presets leaf,mel-log --rate 48000 --page SECONDS]: sound without an end through the live
// engine at full speed (25 hours at 48 kHz are more samples than 2^32), and through the listening page in real time.
import { parseArgs } from 'node:util'
import { type PresetName, presetNames } from '../../src/frontend/index.ts'
import { soakPage } from './page.ts'
import { soakStream } from './stream.ts'

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '25' },
    presets: { type: 'string', default: 'leaf,mel-log' },
    rate: { type: 'string', default: '48000' },
    page: { type: 'string', default: '0' },
  },
})
const presets = values.presets.split(',').filter(Boolean)
const unknown = presets.find((name) => !presetNames.includes(name as PresetName))
if (unknown) throw new Error(`There is no preset ${unknown}. Choose from ${presetNames.join(', ')}.`)
const [minutes, rate, seconds] = [60 * Number(values.hours), Number(values.rate), Number(values.page)]
if (!(minutes >= 3) || !(rate > 0) || !(seconds >= 0))
  throw new Error('Give at least 0.05 hours, a rate in Hz, and seconds of the page.')

let faults = 0
const tell = (what: string, found: object) => {
  const all = Object.entries(found)
  console.log(`${what}: ${all.map(([name, count]) => `${name} ${count}`).join(', ')}`)
  faults += all.reduce((sum, [, count]) => sum + count, 0)
}

for (const name of presets) {
  const started = performance.now()
  const found = soakStream(name as PresetName, rate, minutes, (minute) => {
    if (minute % 60 === 0) process.stderr.write(`\r${name}: ${minute / 60} h`)
  })
  process.stderr.write('\r')
  const took = Math.round((performance.now() - started) / 1000)
  tell(`${name}, ${minutes / 60} h at ${rate} Hz in ${took} s`, found)
}
if (seconds > 0) tell(`page, ${seconds} s`, await soakPage(seconds))
process.exitCode = faults === 0 ? 0 : 1
