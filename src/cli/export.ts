import { exportFrontend } from '../model/index.ts'
import { chooseFrontend } from './choose-frontend.ts'
import type { ExportCommand } from './command-line.ts'
import { writeBytes } from './files.ts'

/** Writes a frontend as another library stores it. */
export async function exportWeights({ frontend, layout, out }: ExportCommand): Promise<void> {
  const { bytes, container, notes } = exportFrontend(await chooseFrontend({ frontend }), layout)
  await writeBytes(out, bytes)
  process.stderr.write(`${[...notes, `${out} written, ${container}.`].join('\n')}\n`)
}
