import {
  accessSync,
  type BigIntStats,
  constants,
  fstatSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { LeafError } from '../error.ts'
import { descriptorOf, requireOpened } from './descriptor.ts'
import { systemError } from './system-error.ts'

/** Where an output goes. */
export type Target =
  /** A file of a disk, its links followed; `before` is what lies there, if anything. */
  | { readonly kind: 'file'; readonly path: string; readonly before: BigIntStats | undefined }
  /** A pipe or a device. */
  | { readonly kind: 'device'; readonly path: string }
  /** What this process was started with: standard output, for instance. */
  | { readonly kind: 'descriptor'; readonly descriptor: number }

const STANDARD_INPUT = 0
const STANDARD_OUTPUT = 1

/**
 * Looks at the target of an output and touches nothing.
 *
 * @param inputs what the output is made from; `-` is standard input
 * @throws LeafError('arguments') where it cannot be written or is one of the inputs
 */
export function findTarget(path: string, inputs: readonly string[]): Target {
  try {
    const descriptor = path === '-' ? STANDARD_OUTPUT : descriptorOf(path)
    if (descriptor !== undefined) return descriptorTarget(descriptor, path, inputs)
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (stats?.isDirectory() || path.endsWith('/') || path.endsWith(sep)) throw folderError(path)
    if (stats) requireOther(stats, path, inputs)
    if (stats && !stats.isFile()) {
      accessSync(path, constants.W_OK)
      return { kind: 'device', path }
    }
    return fileTarget(path, inputs)
  } catch (error) {
    throw systemError(error, 'arguments', `${path} cannot be written`)
  }
}

/** Whether the same file, untouched, is still at a path. */
export function isUnchanged(path: string, before: BigIntStats | undefined): boolean {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  if (!now || !before) return now === before
  return isSame(now, before) && now.size === before.size && now.mtimeNs === before.mtimeNs
}

function descriptorTarget(descriptor: number, path: string, inputs: readonly string[]): Target {
  requireOther(fstatSync(descriptor, { bigint: true }), path, inputs)
  requireOpened(descriptor, path)
  return { kind: 'descriptor', descriptor }
}

function fileTarget(given: string, inputs: readonly string[]): Target {
  // Links in a circle have been found by then; this one may lead to a file that is yet to be made.
  for (let path = given; ; ) {
    const descriptor = descriptorOf(path)
    if (descriptor !== undefined) return descriptorTarget(descriptor, given, inputs)
    const folder = realFolder(path, given)
    path = join(folder, basename(path))
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false })
    if (!stats?.isSymbolicLink()) {
      // A file that may not be written to could still be replaced.
      if (stats) accessSync(path, constants.W_OK)
      accessSync(folder, constants.W_OK | constants.X_OK)
      return { kind: 'file', path, before: stats }
    }
    path = resolve(folder, readlinkSync(path))
  }
}

function realFolder(path: string, given: string): string {
  try {
    return realpathSync(dirname(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new LeafError(
      'arguments',
      `${given} cannot be written: there is no folder ${dirname(path)}.`,
      'Make the folder first, or give another path.',
      { cause: error },
    )
  }
}

/** @throws LeafError('arguments') where a target is an input as well, by whatever names and links */
function requireOther(target: BigIntStats, path: string, inputs: readonly string[]): void {
  // What is written to a terminal or a socket does not come back as its input.
  if (target.isCharacterDevice() || target.isSocket()) return
  for (const input of inputs) {
    const stats = inputStats(input)
    if (stats && isSame(stats, target)) throw sameFileError(path, input)
  }
}

function inputStats(input: string): BigIntStats | undefined {
  const descriptor = input === '-' ? STANDARD_INPUT : descriptorOf(input)
  try {
    return descriptor === undefined
      ? statSync(input, { bigint: true })
      : fstatSync(descriptor, { bigint: true })
  } catch {
    // Whoever reads it tells what is wrong with it.
    return undefined
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino
}

function sameFileError(path: string, input: string): LeafError {
  const both = path === input ? `${path} is input and output` : `${path} and ${input} are the same file`
  return new LeafError('arguments', `${both}; writing would destroy what is read.`, 'Give another output.')
}

function folderError(path: string): LeafError {
  return new LeafError(
    'arguments',
    `${path} cannot be written: this is a folder.`,
    'Add the name of a file to it.',
  )
}
