// How a model copes with distance: the clips of a folder as they are, and turned down over a noise floor that stays.
//
//   npm run levels -- --data DIR --model MODEL.safetensors [--split test]
import { parseArgs } from 'node:util'
import { pcenOf } from '../../../src/learning/adaptation/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { type Clip, loadClips, readManifest, soundOf } from '../../../src/learning/data/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { decibels } from '../../../src/learning/sound/index.ts'
import { measure } from '../adaptation/measure.ts'
import { NoisyClips } from '../adaptation/noisy-clips.ts'
import { openModel } from '../adaptation/open-model.ts'

const GAINS = [0, -12, -24]
/** dBFS, root mean square: a quiet microphone. */
const FLOOR = -75

const {
  data,
  model: path,
  split,
} = parseArgs({
  options: {
    data: { type: 'string' },
    model: { type: 'string' },
    split: { type: 'string', default: 'test' },
  },
}).values
if (!data || !path) throw new Error('npm run levels -- --data DIR --model MODEL.safetensors [--split test]')

await prepareBackend()
const manifest = readManifest(data)
const model = await openModel(path, manifest)
const listener = new NoisyClips(model, manifest)
const rows = manifest.rows.filter((row) => row.split === split && row.labels.length === 1)
const clips = await loadClips(rows, model.frontend.sampleRate, '.cache/clips', () => {})
console.table(
  GAINS.map((gain) => {
    const turned = clips.map((clip, i) => turnedDown(clip, gain, i))
    const { accuracy, uar, meanAveragePrecision } = measure(
      model,
      pcenOf(model.frontend),
      listener.heardSet(turned, null, 1, null),
    )
    const rounded = (value: number) => Number(value.toFixed(3))
    return {
      dB: gain,
      clips: clips.length,
      accuracy: rounded(accuracy),
      'mean recall': rounded(uar),
      'mean average precision': rounded(meanAveragePrecision),
    }
  }),
)

/** @param index another one, other noise */
function turnedDown(clip: Clip, gain: number, index: number): Clip {
  const random = streams.levelsFloor(index)
  const sound = soundOf(clip).map((value) => value * decibels(gain) + decibels(FLOOR) * random.normal())
  return {
    ...clip,
    samples: Int16Array.from(sound, (value) => Math.round(32767 * Math.max(-1, Math.min(1, value)))),
  }
}
