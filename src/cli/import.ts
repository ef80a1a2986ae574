import { LeafError } from '../error.ts'
import { OutputFile, readBytes } from '../files/index.ts'
import { importFrontend, isTflite, writeFrontend } from '../model/index.ts'
import type { ImportCommand } from './command-line.ts'
import { frontendSummary } from './frontend-summary.ts'
import { importReport, table } from './import-report.ts'

/** Writes what another library trained, a frontend or YAMNet, as a file of this project, and tells what it is. */
export async function importWeights({ file, out, labels, options }: ImportCommand): Promise<void> {
  const output = OutputFile.at(out, labels === undefined ? [file] : [file, labels])
  const bytes = await readBytes(file)
  if (isTflite(bytes)) {
    const { importModel, modelReport } = await import('./import-model.ts')
    const model = await importModel(bytes, labels)
    output.write(model.bytes)
    output.finish()
    process.stderr.write(`${table(modelReport(model))}${out} written.\n`)
    return
  }
  if (labels !== undefined)
    throw new LeafError(
      'arguments',
      'Weights of a frontend have no labels.',
      'Leave --labels out; it goes with a TensorFlow Lite model.',
    )
  const imported = importFrontend(bytes, options)
  output.write(writeFrontend(imported.frontend))
  output.finish()
  const rows = [...importReport(imported), ...frontendSummary(imported.frontend)]
  process.stderr.write(`${table(rows)}${out} written.\n`)
}
