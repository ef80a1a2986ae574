// npm run fuzz [-- SHARE SEED [FOLDER]]: mutations of models, checkpoints and sounds, seeded, or a thousand of each sound
// of a folder that is read; prints crashes, hangs over 2 s of the processor and growth over 500 MB. Where ffmpeg is
// installed, sounds that both read without complaint are compared.
import { soundsOf, subjects } from './subjects.ts'
import { watchedFuzz } from './watched.ts'

const [share = 1, seed = 1] = process.argv.slice(2, 4).map(Number)
const folder = process.argv[4]
let faults = 0
for (const subject of folder ? [await soundsOf(folder)] : subjects) {
  const count = Math.max(1, Math.round(share * subject.count))
  const { cases, read, refused, crashes, hangs, allocations, compared, differences } = await watchedFuzz(
    subject,
    count,
    seed,
    folder,
  )
  console.log(
    `${subject.name}: ${cases} files, ${read} read, ${refused} refused; ${crashes.length} crashes, ${hangs.length} hangs, ${allocations.length} allocations`,
  )
  for (const line of [...crashes, ...hangs, ...allocations]) console.log(`  ${line}`)
  faults += crashes.length + hangs.length + allocations.length
  if (compared === 0) continue
  const kinds = Object.entries(differences).map(([kind, { length }]) => `${length} ${kind}`)
  console.log(`  ${compared} compared with ffmpeg: ${kinds.join(', ')}`)
  for (const [kind, lines] of Object.entries(differences))
    for (const line of lines) console.log(`  ${kind}: ${line}`)
}
process.exitCode = faults === 0 ? 0 : 1
