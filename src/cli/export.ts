import { OutputFile } from '../files/index.ts'
import { exportFrontend } from '../model/index.ts'
import { chooseFrontend, filesOf } from './choose-frontend.ts'
import type { ExportCommand } from './command-line.ts'

/** Writes a frontend as another library stores it. */
export async function exportWeights({ frontend, layout, out }: ExportCommand): Promise<void> {
  const output = OutputFile.at(out, filesOf({ frontend }))
  const { bytes, container, notes } = exportFrontend(await chooseFrontend({ frontend }), layout)
  output.write(bytes)
  output.finish()
  process.stderr.write(`${[...notes, `${out} written, ${container}.`].join('\n')}\n`)
}
