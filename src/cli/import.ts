import { importFrontend, writeFrontend } from '../model/index.ts'
import type { ImportCommand } from './command-line.ts'
import { readBytes, writeBytes } from './files.ts'
import { frontendSummary } from './frontend-summary.ts'
import { importReport, table } from './import-report.ts'

/** Writes a frontend that another library trained as a file of this project, and tells what it is. */
export async function importWeights({ file, out, options }: ImportCommand): Promise<void> {
  const imported = importFrontend(await readBytes(file), options)
  await writeBytes(out, writeFrontend(imported.frontend))
  const rows = [...importReport(imported), ...frontendSummary(imported.frontend)]
  process.stderr.write(`${table(rows)}${out} written.\n`)
}
