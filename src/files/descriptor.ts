import { readdirSync, readlinkSync } from 'node:fs'
import { LeafError } from '../error.ts'

const DESCRIPTORS = '/proc/self/fd'
const STANDARD = ['/dev/stdin', '/dev/stdout', '/dev/stderr']

/**
 * The open file of this process that a path names: `/dev/stdout`, `/dev/fd/3`. It is used as it is: opened again by its
 * path, a socket fails and a file to which is appended would be overwritten.
 */
export function descriptorOf(path: string): number | undefined {
  if (STANDARD.includes(path)) return STANDARD.indexOf(path)
  const [, process_, number] = /^\/(?:dev|proc\/(self|\d+))\/fd\/(\d+)$/.exec(path) ?? []
  if (number === undefined) return undefined
  const isOwn = process_ === undefined || process_ === 'self' || process_ === `${process.pid}`
  return isOwn ? Number(number) : undefined
}

/**
 * Node has descriptors of its own, event queues and pipes from itself to itself: what is written there is lost and ends
 * the process, and reading waits forever. Where the system does not tell them (no /proc), nothing is refused.
 *
 * @throws LeafError('arguments') where a path names one of these
 */
export function requireOpened(descriptor: number, path: string): void {
  if (descriptor < STANDARD.length) return
  const what = openedAs(String(descriptor))
  // The shell may well have made one pipe of this and a standard one: 3>&1.
  const others = () =>
    readdirSync(DESCRIPTORS).filter(
      (other) => Number(other) >= STANDARD.length && Number(other) !== descriptor,
    )
  const isOwn =
    what?.startsWith('anon_inode:') ||
    (what?.startsWith('pipe:') && others().some((other) => openedAs(other) === what))
  if (!isOwn) return
  throw new LeafError(
    'arguments',
    `${path}: nothing was opened there.`,
    'Open it in the shell, or give the path of a file.',
  )
}

function openedAs(descriptor: string): string | undefined {
  try {
    return readlinkSync(`${DESCRIPTORS}/${descriptor}`)
  } catch {
    return undefined
  }
}
