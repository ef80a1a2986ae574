import { createReadStream, fstatSync, type Stats } from 'node:fs'
import { type FileHandle, open, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { LeafError } from '../error.ts'
import { descriptorOf, requireOpened } from './descriptor.ts'
import { systemError } from './system-error.ts'
import { temporaryPath } from './temporary.ts'
import { writeAll } from './write-all.ts'

const STANDARD_INPUT = 0

let isStandardInputTaken = false

/** How messages call the input at a path. */
export function inputName(path: string): string {
  return path === '-' ? 'Standard input' : path
}

/**
 * Opens an input that can be read at any position. A pipe, a FIFO and standard input (`-`, `/dev/stdin`) are read to
 * their end first, into a file of the system's temporary folder that has no name; memory does not grow.
 *
 * @throws LeafError('arguments') for a terminal or a device; the system's own errors as they come
 */
export async function openInput(path: string): Promise<FileHandle> {
  const descriptor = path === '-' ? STANDARD_INPUT : descriptorOf(path)
  if (descriptor === STANDARD_INPUT) return openStandardInput(inputName(path))
  if (descriptor !== undefined) requireOpened(descriptor, path)
  const stats = await stat(path)
  requireFileOrPipe(stats, path)
  return isPipe(stats) ? spool(createReadStream(path), path) : open(path)
}

async function openStandardInput(name: string): Promise<FileHandle> {
  if (isStandardInputTaken) {
    throw new LeafError(
      'arguments',
      'Standard input can be read once only.',
      'Give the other input as a file.',
    )
  }
  isStandardInputTaken = true
  const stats = fstatSync(STANDARD_INPUT)
  requireFileOrPipe(stats, name)
  return isPipe(stats) ? spool(process.stdin, name) : open('/dev/stdin')
}

function requireFileOrPipe(stats: Stats, name: string): void {
  if (!stats.isCharacterDevice() && !stats.isBlockDevice()) return
  throw new LeafError(
    'arguments',
    `${name} is a device, not a file.`,
    'Give a file, or send one through a pipe.',
  )
}

function isPipe(stats: Stats): boolean {
  return stats.isFIFO() || stats.isSocket()
}

async function spool(source: AsyncIterable<Uint8Array>, name: string): Promise<FileHandle> {
  const folder = tmpdir()
  const path = temporaryPath(folder)
  const kept = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    let length = 0
    for await (const chunk of source) {
      keep(kept, chunk, length, `${name} cannot be kept in ${folder}`)
      length += chunk.length
    }
    return kept
  } catch (error) {
    await kept.close()
    throw error
  }
}

function keep({ fd }: FileHandle, chunk: Uint8Array, position: number, what: string): void {
  try {
    writeAll(fd, chunk, position)
  } catch (error) {
    throw systemError(error, 'arguments', what)
  }
}
