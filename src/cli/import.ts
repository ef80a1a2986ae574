import { OutputFile, readBytes } from '../files/index.ts'
import { importFrontend, writeFrontend } from '../model/index.ts'
import type { ImportCommand } from './command-line.ts'
import { frontendSummary } from './frontend-summary.ts'
import { importReport, table } from './import-report.ts'

/** Writes a frontend that another library trained as a file of this project, and tells what it is. */
export async function importWeights({ file, out, options }: ImportCommand): Promise<void> {
  const output = OutputFile.at(out, [file])
  const imported = importFrontend(await readBytes(file), options)
  output.write(writeFrontend(imported.frontend))
  output.finish()
  const rows = [...importReport(imported), ...frontendSummary(imported.frontend)]
  process.stderr.write(`${table(rows)}${out} written.\n`)
}
