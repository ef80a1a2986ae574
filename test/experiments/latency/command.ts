// npm run latency -- --data DIR --backgrounds DIR [--model FILE]: from the beginning of a sound to its event, median and 95 %,
// through the live engine and decoder, and what it is made of: the same scores decoded in other ways, at other hops.
import { parseArgs } from 'node:util'
import { openModel } from '../../../src/model/node.ts'
import { readMaterial } from '../soundscapes/material.ts'
import { latency } from './latency.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/events' },
    backgrounds: { type: 'string', default: '../shared/data/backgrounds' },
    model: { type: 'string', default: 'demo/public/models/events.safetensors' },
    /** Scenes of its clips over backgrounds of train for valid, of valid for test. */
    split: { type: 'string', default: 'valid' },
    scenes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})

const material = await readMaterial(values, values.split, values.split === 'valid' ? 'train' : 'valid')
console.log(await latency(await openModel(values.model), material))
