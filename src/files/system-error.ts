import { getSystemErrorMap } from 'node:util'
import { LeafError, type LeafErrorCode } from '../error.ts'

/** By the system's code: why it did not work, and what to do about it. */
const REASONS: Record<string, readonly [reason: string, remedy: string]> = {
  ENOENT: ['there is no such file', 'Check the path.'],
  ENOTDIR: ['a part of its path is no folder', 'Check the path.'],
  EISDIR: ['this is a folder', 'Give the path of a file.'],
  ELOOP: ['its links lead in a circle', 'Give the path of the file itself.'],
  ENAMETOOLONG: ['its name is too long', 'Give a shorter one.'],
  EACCES: ['permission is denied', 'Change the permissions of the file or its folder, or give another path.'],
  EPERM: ['permission is denied', 'Change the permissions of the file or its folder, or give another path.'],
  EROFS: ['the disk is read-only', 'Give a path on another one.'],
  ENOSPC: ['the disk is full', 'Free some space, or give a path on another one.'],
  EDQUOT: ['the quota on the disk is used up', 'Free some space, or give a path on another one.'],
  EFBIG: ['it grows larger than is allowed', 'Raise the limit (ulimit -f), or give a path on another disk.'],
  ERR_FS_FILE_TOO_LARGE: ['it is larger than 2 GiB', 'Check that it is the right file.'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n).'],
  ENFILE: ['too many files are open', 'End other programs.'],
  EPIPE: ['its reader has gone', 'Keep the reader running until everything is written.'],
  ENXIO: ['nothing is connected to it', 'Give the path of a file or a pipe.'],
  EIO: ['the device reports a fault', 'Check the disk.'],
}

/**
 * An error of the operating system as a sentence; every other error as it came.
 *
 * @param what begins the sentence; the reason follows after a colon. Where missing, the path that the error names.
 */
export function systemError(error: unknown, code: LeafErrorCode = 'arguments', what?: string): unknown {
  if (!isSystemError(error)) return error
  const [reason, remedy] = REASONS[error.code] ?? [systemText(error), 'Check the path and the disk.']
  const subject = what ?? error.path ?? `The system's call ${error.syscall}`
  return new LeafError(code, `${subject}: ${reason}.`, remedy, { cause: error })
}

interface SystemError extends Error {
  code: string
  errno?: number
  path?: string
  syscall?: string
}

function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error)) return false
  const { code, errno } = error as NodeJS.ErrnoException
  return code !== undefined && (typeof errno === 'number' || Object.hasOwn(REASONS, code))
}

function systemText({ code, errno }: SystemError): string {
  return getSystemErrorMap().get(errno as number)?.[1] ?? code
}
