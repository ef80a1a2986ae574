import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { LeafError } from '../error.ts'
import { printBytes } from './standard-output.ts'
import { systemError } from './system-error.ts'
import { findTarget, isUnchanged, type Target } from './target.ts'
import { createNameless, createTemporary, forget } from './temporary.ts'
import { syncToDisk, writeAll } from './write-all.ts'

const COPIED_AT_ONCE = 1 << 20
const PERMISSIONS = 0o777
const NEW_FILE = 0o666
const STANDARD_OUTPUT = 1

/**
 * An output that is written whole or not at all. What lay there before stays until `finish`; a run that fails or is
 * interrupted (SIGINT, SIGTERM, SIGHUP) leaves the folder as it was.
 *
 * A file grows under a hidden name beside its target, and takes the target's place at the end; links to the target and
 * its permissions stay, other names of it (hard links) keep the former content. For a pipe, a device, `/dev/stdout` or
 * `-` everything is kept in the system's temporary folder and copied out at the end, since the beginning of a file may
 * be known last; memory does not grow.
 */
export class OutputFile {
  /** As given. */
  readonly path: string
  readonly #target: Target
  /** For a pipe or a device it has no path. */
  #temporary: { path?: string; descriptor: number } | undefined
  #length = 0

  private constructor(path: string, target: Target) {
    this.path = path
    this.#target = target
  }

  /**
   * Looks whether the output can be written; nothing is created before the first bytes come. Best called before the
   * work begins.
   *
   * @param inputs the paths that the output is made from; `-` is standard input
   * @throws LeafError('arguments') where it cannot be written, or is one of the inputs by whatever name or link
   */
  static at(path: string, inputs: readonly string[] = []): OutputFile {
    return new OutputFile(path, findTarget(path, inputs))
  }

  /**
   * @param position where the bytes go; where missing, at the end
   * @throws LeafError('arguments') where the disk is full or fails; nothing is left behind
   */
  write(bytes: Uint8Array, position = this.#length): void {
    this.#orAbandon(() => {
      writeAll(this.#opened(), bytes, position)
      this.#length = Math.max(this.#length, position + bytes.length)
    })
  }

  /**
   * Puts the output where it belongs.
   *
   * @throws LeafError('arguments') where that fails, or where another program wrote to the target since `at`: of two
   *   runs onto one file the one that ends last is refused. The target is as it was.
   */
  finish(): void {
    this.#orAbandon(() => {
      const descriptor = this.#opened()
      const target = this.#target
      if (target.kind === 'file') this.#putInPlace(descriptor, target)
      else if (target.kind === 'device') this.#copyToDevice(descriptor, target.path)
      else copyTo(target.descriptor, descriptor, this.#length)
    })
    this.abandon()
  }

  /** Removes what was written so far; does nothing after `finish`. */
  abandon(): void {
    if (!this.#temporary) return
    const { path, descriptor } = this.#temporary
    this.#temporary = undefined
    try {
      closeSync(descriptor)
    } finally {
      if (path !== undefined) {
        rmSync(path, { force: true })
        forget(path)
      }
    }
  }

  #opened(): number {
    this.#temporary ??=
      this.#target.kind === 'file' ? createBeside(this.#target) : { descriptor: createNameless() }
    return this.#temporary.descriptor
  }

  #putInPlace(descriptor: number, { path, before }: Target & { kind: 'file' }): void {
    if (before) takeOwnerAndPermissions(descriptor, before)
    syncToDisk(descriptor)
    if (!isUnchanged(path, before)) throw this.#overtaken()
    const temporary = this.#temporary!.path!
    if (before) renameSync(temporary, path)
    else if (!putWhereNothingIs(temporary, path)) throw this.#overtaken()
  }

  #copyToDevice(from: number, path: string): void {
    const device = openSync(path, constants.O_WRONLY)
    try {
      copyTo(device, from, this.#length)
    } finally {
      closeSync(device)
    }
  }

  #orAbandon(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.abandon()
      throw systemError(error, 'arguments', `${this.path} cannot be written`)
    }
  }

  #overtaken(): LeafError {
    return new LeafError(
      'arguments',
      `${this.path} was written by another program meanwhile, and is left as that made it.`,
      'Run this again, or give another output.',
    )
  }
}

/**
 * Writes a whole file or none.
 *
 * @throws LeafError('arguments') as `OutputFile`
 */
export function writeOutput(path: string, content: string | Uint8Array): void {
  const output = OutputFile.at(path)
  output.write(typeof content === 'string' ? Buffer.from(content) : content)
  output.finish()
}

function createBeside({ path, before }: Target & { kind: 'file' }) {
  return createTemporary(dirname(path), before ? Number(before.mode) & PERMISSIONS : NEW_FILE)
}

/** @returns whether nothing was there */
function putWhereNothingIs(temporary: string, path: string): boolean {
  try {
    // Unlike a rename, a link never replaces a file.
    linkSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // There are file systems without hard links.
    renameSync(temporary, path)
  }
  return true
}

function takeOwnerAndPermissions(descriptor: number, { uid, gid, mode }: BigIntStats): void {
  try {
    fchownSync(descriptor, Number(uid), Number(gid))
  } catch {
    // Only root may give files away; the file then belongs to whoever ran this, as if it were new.
  }
  fchmodSync(descriptor, Number(mode) & PERMISSIONS)
}

function copyTo(target: number, from: number, length: number): void {
  const buffer = Buffer.alloc(Math.min(length, COPIED_AT_ONCE))
  for (let at = 0; at < length; ) {
    const count = readSync(from, buffer, 0, buffer.length, at)
    const bytes = buffer.subarray(0, count)
    if (target === STANDARD_OUTPUT) printBytes(bytes)
    else writeAll(target, bytes, null)
    at += count
  }
  syncToDisk(target)
}
