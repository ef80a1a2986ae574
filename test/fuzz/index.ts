// npm run fuzz [-- SHARE SEED]: mutations of models, checkpoints and sounds, seeded; prints crashes, hangs over 2 s of
// the processor and growth over 500 MB. Where ffmpeg is installed, sounds that both read without complaint are compared.
import { byFfmpeg, hasFfmpeg } from './ffmpeg.ts'
import { fuzz } from './fuzz.ts'
import { subjects } from './subjects.ts'

/** Lossy decoders differ by their rounding. */
const TOLERANCE = 1e-3

interface Heard {
  readonly sampleRate: number
  readonly samples: Float32Array
}

const [share = 1, seed = 1] = process.argv.slice(2).map(Number)
const compares = hasFfmpeg()
let faults = 0
for (const subject of subjects) {
  let compared = 0
  const differences: string[] = []
  const compare = (file: Uint8Array, result: unknown, label: string) => {
    if (subject.name !== 'sounds' || !compares) return
    const theirs = byFfmpeg(file)
    if (!theirs) return
    compared++
    const problem = differenceOf(result as Heard, theirs)
    if (problem) differences.push(`${label}: ${problem}`)
  }
  const count = Math.max(1, Math.round(share * subject.count))
  const { cases, read, refused, crashes, hangs, allocations } = await fuzz(subject, count, seed, compare)
  console.log(
    `${subject.name}: ${cases} files, ${read} read, ${refused} refused; ${crashes.length} crashes, ${hangs.length} hangs, ${allocations.length} allocations`,
  )
  for (const line of [...crashes, ...hangs, ...allocations]) console.log(`  ${line}`)
  faults += crashes.length + hangs.length + allocations.length
  if (compared > 0) console.log(`  ${compared} compared with ffmpeg, ${differences.length} different`)
  for (const line of differences) console.log(`  ${line}`)
}
process.exitCode = faults === 0 ? 0 : 1

function differenceOf(ours: Heard, theirs: Heard): string | null {
  if (ours.sampleRate !== theirs.sampleRate) return `${ours.sampleRate} Hz, ffmpeg ${theirs.sampleRate}`
  if (ours.samples.length !== theirs.samples.length)
    return `${ours.samples.length} samples, ffmpeg ${theirs.samples.length}`
  const most = ours.samples.reduce(
    (largest, value, i) =>
      Math.max(largest, Math.abs(value - theirs.samples[i]) / Math.max(1, Math.abs(value))),
    0,
  )
  return most > TOLERANCE ? `samples differ by ${most}` : null
}
