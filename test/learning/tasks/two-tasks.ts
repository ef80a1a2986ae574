import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyFolder, toneFolder } from '../tone-folder.ts'

/** A folder of two tasks with the same tones; what is low in `birdsong` is called high in `pitch`. */
export function twoTasks(): string {
  const data = emptyFolder()
  toneFolder(8, join(data, 'birdsong'))
  const manifest = join(toneFolder(8, join(data, 'pitch')), 'manifest.csv')
  const swapped = readFileSync(manifest, 'utf8').replaceAll(/,(low|high),/g, (_, label) =>
    label === 'low' ? ',high,' : ',low,',
  )
  writeFileSync(manifest, swapped)
  writeFileSync(
    join(data, 'SOURCES.csv'),
    'id,title,licence,author,shippable_weights\ncomputed,Computed tones,CC0-1.0,nobody,yes\n',
  )
  return data
}
