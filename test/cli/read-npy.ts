import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'

/** A NumPy file of float32 rows, read by the format's own description. */
export async function readNpy(
  path: string,
): Promise<{ rows: number; columns: number; values: Float32Array }> {
  const bytes = await readFile(path)
  expect(bytes.toString('latin1', 0, 8)).toBe('\x93NUMPY\x01\x00')
  const start = 10 + bytes.readUInt16LE(8)
  expect(start % 64).toBe(0)
  const header = bytes.toString('latin1', 10, start)
  expect(header).toMatch(/^\{.*\} *\n$/)
  expect(header).toContain("'descr': '<f4', 'fortran_order': False")
  const [, rows, columns] = /'shape': \((\d+), (\d+)\)/.exec(header) as RegExpExecArray
  const values = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length),
  )
  expect(values.length).toBe(Number(rows) * Number(columns))
  return { rows: Number(rows), columns: Number(columns), values }
}
