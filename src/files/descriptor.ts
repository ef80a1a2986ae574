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
